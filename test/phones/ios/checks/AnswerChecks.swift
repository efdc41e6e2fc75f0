// What the endpoint answers, and what the SDK gets.
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The key of the app's current session. Nil: nobody is signed in.
@MainActor var key: String? = "anna"

@MainActor func endpoint(_ path: String) -> LiveAssistTokens {
    LiveAssistTokens(LiveAssistEndpoint(URL(string: site + path)!) { key })
}

@MainActor func answerChecks() async {
    // The app's own cookie for the same host. The endpoint must not get it.
    HTTPCookieStorage.shared.setCookie(
        HTTPCookie(properties: [.domain: "127.0.0.1", .path: "/", .name: "sid", .value: "former"])!)
    for path in await paths("accepted") {
        let call = Call.of(endpoint(path))
        Check.same(path, tokenFor("anna"), await call.answer())
        Check.that("\(path) on the main thread", call.onMain)
    }
    for path in await paths("refused") {
        let before = await seen("requests"), call = Call.of(endpoint(path))
        Check.same(path, "", await call.answer())
        Check.that("\(path) at once", call.seconds < 5.5, call.seconds)
        if path != "hang-up" { Check.same("\(path) is one request", before + 1, await seen("requests")) }
    }
    for wrong in ["a\nb", "a\r\nX: y", "ä"] {
        let before = await seen("requests")
        key = wrong
        Check.same("a key that is not a header's text", "", await Call.of(endpoint("ok")).answer())
        Check.same("is not sent", before, await seen("requests"))
    }
    await keepsNothing()
    key = "anna"
    Check.same("nobody listens", "", await Call.of(LiveAssistTokens(LiveAssistEndpoint(URL(string: "http://127.0.0.1:9/")!) { key })).answer())
    await sourceChecks()
}

@MainActor private func keepsNothing() async {
    let tokens = endpoint("ok"), before = await seen("requests")
    for visitor in ["anna", "anna", "bert"] {
        key = visitor
        Check.same("keeps no token", tokenFor(visitor), await Call.of(tokens).answer())
    }
    Check.same("asks the endpoint each time", before + 3, await seen("requests"))
    Check.same("sends no cookie", 0, await seen("cookies"))
    Check.same("tells everything in between to answer nothing from a cache", 0, await seen("cacheable"))
    Check.that("has no cache for answers", LiveAssistEndpoint.configuration.urlCache == nil)
    Check.that("has no store for cookies", LiveAssistEndpoint.configuration.httpCookieStorage == nil)
    Check.that("an ephemeral configuration would have had both", URLSessionConfiguration.ephemeral.urlCache != nil
        && URLSessionConfiguration.ephemeral.httpCookieStorage != nil)
    Check.that("leaves nothing in the app's cache",
        URLCache.shared.cachedResponse(for: URLRequest(url: URL(string: site + "ok")!)) == nil)
    Check.same("leaves no cookie in the app's store", 1, HTTPCookieStorage.shared.cookies?.count ?? 0)
}

/// A source that an app writes itself.
@MainActor final class OwnSource: LiveAssistTokenSource {
    private let answers: [String?]
    private(set) var late: LiveAssistAnswer?

    init(_ answers: [String?]) { self.answers = answers }

    func ask(_ answer: @escaping LiveAssistAnswer) {
        late = answer
        for each in answers { answer(each) }
    }
}

@MainActor private func sourceChecks() async {
    let long = String(repeating: "a", count: 70_000) + ".b.c"
    for text in [nil, "", "a.b", "a.b.c.d", "a.b.c\n", "\u{430}.b.c", "a..c", long] {
        Check.same("a source that answers \(text?.prefix(20) ?? "nil")", "", await Call.of(LiveAssistTokens(OwnSource([text]))).answer())
    }
    let call = Call.of(LiveAssistTokens(OwnSource([token, "a.b.c", nil])))
    _ = await call.answer()
    await pause(0.1)
    Check.same("a source that answers three times", [token], call.received)
}
