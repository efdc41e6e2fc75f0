// The visitor signs out or changes during a call. Nobody gets the former visitor's token.
import Foundation

/// Lets a check call the delegate on another thread, as the SDK may.
nonisolated private struct Delegate: @unchecked Sendable { let tokens: LiveAssistTokens }

@MainActor func visitorChecks() async {
    key = nil
    let before = await seen("requests")
    Check.same("signed out", "", await Call.of(endpoint("ok")).answer())
    Check.same("asks no endpoint while signed out", before, await seen("requests"))
    for next in [nil, "bert"] as [String?] {
        key = "anna"
        let call = Call.of(endpoint("ok?ms=500"))
        await pause(0.2)
        key = next
        Check.same("changed during the request: \(next ?? "signed out")", "", await call.answer())
    }
    key = "anna"
    let other = Call(), delegate = Delegate(tokens: endpoint("ok"))
    Thread.detachNewThread { delegate.tokens.authoriseChat { other.receive($0) } }
    Check.same("called on another thread", tokenFor("anna"), await other.answer())
    Check.that("answers on the main thread", other.onMain)
}
