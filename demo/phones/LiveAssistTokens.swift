// Supplies Live Assist's iOS SDK with the visitor's token. Copy this file into the app.
// Needs iOS 14 or later, the pod 'LiveAssist-xc' (its module is called LiveAssist), and Xcode 16 or later.
//
// Set it up together with the chat. Keep `tokens` in a property, because the SDK may hold its delegate weakly:
//
//     let source = LiveAssistEndpoint(URL(string: "https://www.example.com/live-assist/token")!) { [mySession] in
//         mySession.key // The capture list keeps the closure from retaining your view controller.
//     }
//     tokens = LiveAssistTokens(source)
//     assistConfig.javascriptMethodName = "authoriseChatWithCallback"
//     assistConfig.delegate = tokens
//
// If visitors sign in on the site's own pages inside a WKWebView, use the page's token instead:
//
//     let source = LiveAssistPage(webView, origin: "https://www.example.com")

import Foundation
import LiveAssist
import WebKit

/// The time limit of a call: 7 s. Dispatch may fire a timer a tenth late, and the answer is due within 8 s.
private let timeLimit: UInt64 = 7_000_000_000
private nonisolated let maximumLength = 64 * 1024

/// Receives the token, or nil if there is none.
typealias LiveAssistAnswer = @MainActor @Sendable (String?) -> Void

/// Where tokens come from.
@MainActor
protocol LiveAssistTokenSource: AnyObject, Sendable {
    /// Calls `answer` at most once. The caller has its own time limit.
    func ask(_ answer: @escaping LiveAssistAnswer)
}

/// Answers each of the SDK's calls exactly once, within eight seconds: with a token, or with an empty string if there is
/// none. (No document says how the SDK treats an empty string.) Nothing is kept here. Every call asks the source again,
/// so that a visitor never gets the previous visitor's token. Never print or log a token. Anyone who reads it can pose
/// as the visitor.
@MainActor
final class LiveAssistTokens: NSObject, LiveAssistDelegate {
    private let source: any LiveAssistTokenSource

    init(_ source: any LiveAssistTokenSource) {
        self.source = source
    }

    // Keep it: without it, Xcode 26's default settings isolate the deinit, and a release off the main thread traps.
    deinit {}

    /// The SDK calls this method by its Objective-C name, on any thread. `callback` is called on the main thread.
    @objc(authoriseChatWithCallback:)
    nonisolated func authoriseChat(callback: @escaping AuthoriseCallback) {
        nonisolated(unsafe) let callback = callback // Safe: only the task below uses it, once.
        Task { @MainActor [source] in
            var answered = false
            let answer: LiveAssistAnswer = { token in
                guard !answered else { return }
                answered = true
                callback(token.map(isToken) == true ? token : "")
            }
            source.ask(answer)
            try? await Task.sleep(nanoseconds: timeLimit)
            answer(nil)
        }
    }
}

/// Fetches tokens from the site's token endpoint, with the app's session key instead of a cookie.
@MainActor
final class LiveAssistEndpoint: LiveAssistTokenSource {
    private let endpoint: URL
    private let session: @MainActor @Sendable () -> String?

    /// - Parameters:
    ///   - endpoint: the full address: https://www.example.com/live-assist/token
    ///   - session: returns the key of the app's current session, or nil if nobody is signed in.
    init(_ endpoint: URL, session: @escaping @MainActor @Sendable () -> String?) {
        precondition(
            ["https", "http"].contains(endpoint.scheme) && endpoint.host != nil,
            "The endpoint is not a full address. Begin it with https://")
        self.endpoint = endpoint
        self.session = session
    }

    /// Each request has a URLSession of its own, so that nothing outlives a visitor: no cookie and no cached answer.
    static var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.timeoutIntervalForResource = 6
        return configuration
    }

    func ask(_ answer: @escaping LiveAssistAnswer) {
        // A key with a line break would add a header of its own.
        guard let key = session(), key.unicodeScalars.allSatisfy({ (" "..."~").contains($0) }) else { return answer(nil) }
        var request = URLRequest(url: endpoint)
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        request.setValue("no-cache", forHTTPHeaderField: "Cache-Control") // Nothing in between may answer, either.
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        let exchange = Exchange { [session] body in
            Task { @MainActor in
                // Compare again in the turn that answers: the visitor may have signed out or changed in the meantime.
                guard session() == key, let body,
                      let json = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
                else { return answer(nil) } // Also 401 (signed out), 403 (no contact) and network errors.
                answer(json["token"] as? String)
            }
        }
        let http = URLSession(configuration: Self.configuration, delegate: exchange, delegateQueue: nil)
        http.dataTask(with: request).resume()
        http.finishTasksAndInvalidate() // Releases the exchange when the request has ended.
    }

    /// One request and the body of its answer. Reports nil unless the answer is complete, short, and has status 200.
    private final class Exchange: NSObject, URLSessionDataDelegate {
        /// Nil if the answer is too long. Safe: only the session's queue uses it, which is serial.
        nonisolated(unsafe) private var body: Data? = Data()
        private let done: @Sendable (Data?) -> Void

        init(done: @escaping @Sendable (Data?) -> Void) {
            self.done = done
        }

        nonisolated func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            if let read = body, read.count + data.count <= maximumLength {
                body = read + data
            } else {
                body = nil // A task that has already received everything ends without an error although it is cancelled.
                dataTask.cancel()
            }
        }

        nonisolated func urlSession(
            _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
        ) {
            let status = (task.response as? HTTPURLResponse)?.statusCode
            done(error == nil && status == 200 ? body : nil)
        }

        /// Stops at a redirect, because it leads to a sign-in page and not to a token.
        nonisolated func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}

/// Asks the bridge on a page in a WKWebView. Accepts a token only while a call is waiting for it, only from the given
/// origin, and only from the main frame. Frames inside the page and other pages cannot supply one.
@MainActor
final class LiveAssistPage: NSObject, LiveAssistTokenSource, WKScriptMessageHandler {
    private static let name = "liveAssistApp"
    private static func script(_ call: String) -> String {
        """
        (function (answer) {
          window.authoriseChatWithCallback ? authoriseChatWithCallback(answer) : answer()
        })(function (token) { webkit.messageHandlers.\(name).postMessage('\(call) ' + (token || '')) })
        """
    }

    private weak var view: WKWebView?
    private let origin: String
    /// The calls that wait for the page. An identifier never repeats, not even in another object: a late answer to one
    /// call is never taken as the answer to another, and a page cannot answer a call that was not made to it.
    private var waiting: [String: LiveAssistAnswer] = [:]

    /// The view's content controller retains this object until another one replaces it.
    ///
    /// - Parameter origin: scheme and host, plus the port if it is not the scheme's default: https://www.example.com
    init(_ view: WKWebView, origin: String) {
        precondition(
            matches(origin, #"https?://[a-z0-9.-]+(:[0-9]+)?"#) && !matches(origin, "http:.*:80|https:.*:443"),
            "Not an origin. Write https://www.example.com, without path or default port.")
        self.view = view
        self.origin = origin
        super.init()
        // Adding a second handler under the same name would crash the app.
        view.configuration.userContentController.removeScriptMessageHandler(forName: Self.name)
        view.configuration.userContentController.add(self, name: Self.name)
    }

    func ask(_ answer: @escaping LiveAssistAnswer) {
        guard let view else { return answer(nil) }
        let call = UUID().uuidString
        waiting[call] = answer
        Task { [weak self] in
            try? await Task.sleep(nanoseconds: timeLimit)
            self?.waiting[call] = nil
        }
        // The script runs in whatever page is shown. The answer's origin decides, and the time limit if none comes.
        view.evaluateJavaScript(Self.script(call), completionHandler: nil)
    }

    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
        let sender = message.frameInfo.securityOrigin
        let port = sender.port == 0 ? "" : ":\(sender.port)" // 0 means the scheme's default port.
        guard message.frameInfo.isMainFrame, origin == "\(sender.protocol)://\(sender.host)\(port)" else { return }
        guard let text = message.body as? String, let space = text.firstIndex(of: " "),
              let answer = waiting.removeValue(forKey: String(text[..<space]))
        else { return }
        answer(String(text[text.index(after: space)...]))
    }
}

/// Tells whether the text has the shape of a token: three parts of base64url.
private func isToken(_ text: String) -> Bool {
    text.utf8.count <= maximumLength && matches(text, #"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}"#)
}

/// Tells whether the whole text matches the pattern.
private func matches(_ text: String, _ pattern: String) -> Bool {
    text.range(of: #"\A(?:"# + pattern + #")\z"#, options: .regularExpression) != nil
}
