// Gives Live Assist's SDK for iOS (pod 'LiveAssist') the visitor's token. iOS 14 or newer, in the
// Swift 5 language mode (build setting SWIFT_VERSION = 5.0; Xcode's newest too has it). Not run by our tests.
//
// Where the chat is set up. Keep `tokens` in a property: the SDK's delegate may be a weak reference.
//
//     let source = LiveAssistEndpoint(URL(string: "https://www.example.com/live-assist/token")!) { mySession.key }
//     tokens = LiveAssistTokens(source)
//     assistConfig.javascriptMethodName = "authoriseChatWithCallback"
//     assistConfig.delegate = tokens
//
// An app whose visitors sign in on the site's own pages, inside a WKWebView, takes the page's token:
//
//     let source = LiveAssistPage(webView, origin: "https://www.example.com")

import Foundation
import LiveAssist
import WebKit

/// Where tokens come from. Asked on the main thread.
protocol LiveAssistTokenSource: AnyObject {
    /// Calls `answer` on the main thread with a token, or with nil when there is none.
    func ask(_ answer: @escaping (String?) -> Void)
}

/// Answers each call of the SDK once, within eight seconds: with a token, or with an empty text, which Live Assist
/// refuses. No token is kept, so the SDK gets a new one whenever it asks, before the last one's exp as well as after it,
/// and nobody gets the token of who was signed in before. Never print one or write it to the log: whoever reads it there
/// can be the visitor.
final class LiveAssistTokens: NSObject, LiveAssistDelegate {
    private let source: LiveAssistTokenSource

    init(_ source: LiveAssistTokenSource) {
        self.source = source
    }

    /// The SDK looks for the Objective-C name. Its one argument takes the JWT: `authString` in Live Assist's sample.
    @objc(authoriseChatWithCallback:)
    func authoriseChat(callback: @escaping AuthoriseCallback) {
        DispatchQueue.main.async { [source] in
            var answered = false
            let answer = { (token: String?) in
                guard !answered else { return }
                answered = true
                let authString = token ?? ""
                callback(authString)
            }
            DispatchQueue.main.asyncAfter(deadline: .now() + 8) { answer(nil) }
            source.ask(answer)
        }
    }
}

/// What a token looks like from outside: three parts of base64url.
private func compactToken(_ text: String?) -> String? {
    text?.range(of: #"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}\z"#, options: .regularExpression) == nil ? nil : text
}

/// The site's token endpoint, asked with the app's own session in place of a cookie.
final class LiveAssistEndpoint: LiveAssistTokenSource {
    private let endpoint: URL
    private let session: () -> String?
    private let http: URLSession

    /// - Parameter session: answers the key of the app's session, or nil when nobody is signed in.
    init(_ endpoint: URL, session: @escaping () -> String?) {
        self.endpoint = endpoint
        self.session = session
        let configuration = URLSessionConfiguration.ephemeral
        // No answer and no cookie of a visitor is there for the next one.
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.timeoutIntervalForResource = 7
        http = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: .main)
    }

    deinit {
        http.invalidateAndCancel()
    }

    func ask(_ answer: @escaping (String?) -> Void) {
        guard let key = session() else { return answer(nil) }
        var request = URLRequest(url: endpoint, cachePolicy: .reloadIgnoringLocalAndRemoteCacheData)
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        http.dataTask(with: request) { [session] data, response, _ in
            // Who has signed out or changed meanwhile must not speak as the former visitor.
            guard session() == key, (response as? HTTPURLResponse)?.statusCode == 200, let data = data,
                  let body = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { return answer(nil) } // Signed out (401), no contact (403), no network.
            answer(compactToken(body["token"] as? String))
        }.resume()
    }

    /// A login page is no token.
    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}

/// A page of the site in a WKWebView, with the bridge on it. Takes a token only while it waits for one, only from that
/// origin, and only from the main frame: a frame within the page, and any page the visitor goes on to, get
/// nothing in.
final class LiveAssistPage: NSObject, LiveAssistTokenSource, WKScriptMessageHandler {
    private static let name = "liveAssistApp"
    private static func script(_ number: Int) -> String {
        """
        (function (answer) {
          window.authoriseChatWithCallback ? authoriseChatWithCallback(answer) : answer()
        })(function (token) { webkit.messageHandlers.\(name).postMessage('\(number) ' + (token || '')) })
        """
    }

    private weak var view: WKWebView?
    private let origin: String
    /// By their numbers: what the page says to one, before its visitor changed, is no answer to the next.
    private var waiting: [Int: (String?) -> Void] = [:]
    private var asked = 0

    /// Call it on the main thread. The view keeps this object until another takes its place.
    ///
    /// - Parameter origin: scheme and host, and the port where it is not the scheme's own: https://www.example.com
    init(_ view: WKWebView, origin: String) {
        self.view = view
        self.origin = origin
        super.init()
        // A name that is taken would end the app.
        view.configuration.userContentController.removeScriptMessageHandler(forName: Self.name)
        view.configuration.userContentController.add(self, name: Self.name)
    }

    func ask(_ answer: @escaping (String?) -> Void) {
        guard let view = view else { return answer(nil) }
        asked += 1
        waiting[asked] = answer
        // Runs in whatever page is shown. The answer is judged by where it comes from, and no answer by the clock.
        view.evaluateJavaScript(Self.script(asked), completionHandler: nil)
    }

    func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
        let sender = message.frameInfo.securityOrigin
        let port = sender.port == 0 ? "" : ":\(sender.port)" // 0: the scheme's own.
        guard message.frameInfo.isMainFrame, origin == "\(sender.protocol)://\(sender.host)\(port)" else { return }
        guard let text = message.body as? String, let space = text.firstIndex(of: " "),
              let number = Int(text[..<space]), let answer = waiting.removeValue(forKey: number)
        else { return }
        answer(compactToken(String(text[text.index(after: space)...])))
    }
}
