// Counts checks, prints the failures, and keeps what the SDK's callback receives.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let site = arguments[1]
let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"

@MainActor enum Check {
    static var count = 0, failed = 0

    static func that(_ name: String, _ holds: Bool, _ seen: Any = "") {
        count += 1
        guard !holds else { return }
        failed += 1
        print("FAILED \(name): \(seen)")
    }

    static func same<Value: Equatable>(_ name: String, _ wanted: Value, _ seen: Value) {
        that(name, wanted == seen, "\(seen) instead of \(wanted)")
    }
}

/// One call of the SDK.
nonisolated final class Call: @unchecked Sendable {
    private let lock = NSLock(), begun = Date()
    private(set) var received: [String] = [], onMain = true, seconds = 0.0

    func receive(_ text: String?) {
        lock.withLock {
            if received.isEmpty { seconds = Date().timeIntervalSince(begun) }
            received.append(text ?? "nil")
            onMain = onMain && Thread.isMainThread
        }
    }

    @MainActor static func of(_ tokens: LiveAssistTokens) -> Call {
        let call = Call()
        tokens.authoriseChat { call.receive($0) }
        return call
    }

    /// Waits for the first answer, longer than the file's own limit.
    @MainActor func answer() async -> String {
        for _ in 0..<600 where received.isEmpty { await pause(0.02) }
        return received.first ?? "no answer"
    }
}

func pause(_ seconds: Double) async { try? await Task.sleep(nanoseconds: UInt64(seconds * 1e9)) }

func tokenFor(_ key: String) -> String {
    let text = Data(key.utf8).base64EncodedString()
    return "head.\(text.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")).sign"
}

/// The lines that the endpoint's double prints about itself, each with a name and a value.
func endpointLines(_ path: String) async -> [(name: String, value: String)] {
    let (data, _) = try! await URLSession(configuration: .ephemeral).data(from: URL(string: site + path)!)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
        let words = $0.split(separator: " ").map(String.init)
        return (words[0], words[1])
    }
}

/// The paths with this outcome: accepted, refused or slow.
@MainActor func paths(_ outcome: String) async -> [String] {
    let found = await endpointLines("cases").filter { $0.name == outcome }.map { $0.value }
    Check.that("has paths: \(outcome)", found.count > 5, found)
    return found
}

/// What the endpoint has counted: requests, cookies or cacheable requests.
func seen(_ name: String) async -> Int { Int(await endpointLines("seen").first { $0.name == name }!.value)! }
