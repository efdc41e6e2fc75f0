// Tokens of a page in a web view: who may supply one, and for which call.
import Foundation
import LiveAssist
import WebKit

private let origin = "https://www.example.com", host = "www.example.com"

@MainActor private func message(
    _ body: Any, _ scheme: String = "https", _ host: String = host, _ port: Int = 0, main: Bool = true
) -> WKScriptMessage {
    let message = WKScriptMessage()
    message.body = body
    message.frameInfo.isMainFrame = main
    message.frameInfo.securityOrigin.protocol = scheme
    message.frameInfo.securityOrigin.host = host
    message.frameInfo.securityOrigin.port = port
    return message
}

/// A page in a web view.
@MainActor private struct Page {
    let view = WKWebView()

    func source() -> LiveAssistTokens { LiveAssistTokens(LiveAssistPage(view, origin: origin)) }

    /// Has the SDK ask, and returns when the page has got the script.
    func ask(_ tokens: LiveAssistTokens) async -> Call {
        let call = Call.of(tokens), scripts = view.scripts.count
        for _ in 0..<100 where view.scripts.count == scripts { await pause(0.01) }
        return call
    }

    /// The identifier of the last call. The page's script posts it in front of the token.
    var lastCall: String { view.scripts.last!.components(separatedBy: "postMessage('")[1].components(separatedBy: " ")[0] }

    func post(_ messages: WKScriptMessage...) async {
        let content = view.configuration.userContentController
        for message in messages {
            content.handlers["liveAssistApp"]?.userContentController(content, didReceive: message)
        }
        await pause(0.05)
    }
}

@MainActor func pageChecks() async {
    let page = Page(), tokens = page.source()
    let call = await page.ask(tokens), id = page.lastCall
    await page.post(
        message("\(id) a.b.frame", main: false), message("\(id) a.b.evil", "https", "evil.example"),
        message("\(id) a.b.evil", "https", "www.example.com.evil.example"), message("\(id) a.b.plain", "http"),
        message("\(id) a.b.port", "https", host, 8443), message("\(id)0 a.b.c"), message("1 a.b.c"), message("x y"),
        message(" a.b.c"), message(""), message(token), message(12), message(["a"]))
    Check.same("page: accepts nothing from others", [], call.received)
    await page.post(message("\(id) \(token)"), message("\(id) a.b.again"))
    Check.same("page: its token, once", [token], call.received)
    Check.that("page: on the main thread", call.onMain)
    for text in ["", "no token", "a.b", "\(token)\n", "é.é.é", "a.b.c');alert(1)"] {
        let refused = await page.ask(tokens)
        await page.post(message("\(page.lastCall) \(text)"))
        Check.same("page: posts \(text)", [""], refused.received)
    }
    try! page.view.scripts[0].write(toFile: "script.js", atomically: true, encoding: .utf8)
    await formerVisitor()
    await cleanUp()
}

/// Anna's page is slow. Bert signs in, and the app sets up the chat again on the same view.
@MainActor private func formerVisitor() async {
    let page = Page(), first = page.source()
    var former: [String] = [], calls: [Call] = []
    for _ in 0..<5 {
        _ = await page.ask(first)
        former.append(page.lastCall)
    }
    let second = page.source()
    for _ in 0..<5 { calls.append(await page.ask(second)) }
    Check.same("page: the second object is asked", 10, page.view.scripts.count)
    for id in former + (0..<20).map(String.init) { await page.post(message("\(id) a.b.former")) }
    for call in calls { Check.same("page: accepts no answer to the former visitor's call", [], call.received) }
    let orphan = { LiveAssistTokens(LiveAssistPage(WKWebView(), origin: origin)) }()
    Check.same("page: the view is gone", "", await Call.of(orphan).answer())
}

/// A call that is never answered must not be kept for ever.
@MainActor private func cleanUp() async {
    let view = WKWebView(), page = LiveAssistPage(view, origin: origin)
    page.ask { _ in }
    let waiting = { (Mirror(reflecting: page).descendant("waiting") as? [String: LiveAssistAnswer])?.count ?? -1 }
    Check.same("page: keeps an unanswered call", 1, waiting())
    await pause(7.5)
    Check.same("page: forgets it after the time limit", 0, waiting())
}
