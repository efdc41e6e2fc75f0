// Answers that come late or never end. Each call is answered within eight seconds, and only once.
import Foundation

@MainActor func slowChecks() async {
    let slow = await paths("slow")
    let calls = slow.map { Call.of(endpoint($0)) }
    let silent = OwnSource([]), unanswered = Call.of(LiveAssistTokens(silent))
    for (path, call) in zip(slow, calls) {
        Check.same(path, "", await call.answer())
        Check.that("\(path) in time", call.seconds < 8, call.seconds)
    }
    Check.same("a source that does not answer", "", await unanswered.answer())
    Check.that("a source that does not answer, in time", unanswered.seconds < 8, unanswered.seconds)
    silent.late?(token)
    await pause(0.5)
    Check.same("a source that answers too late", [""], unanswered.received)
    for call in calls { Check.same("answered once", [""], call.received) }
    Check.same("answers the next call", tokenFor("anna"), await Call.of(endpoint("ok")).answer())
}
