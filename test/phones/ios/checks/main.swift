// Runs the phone file against the token endpoint's double and a web view's double. Usage: checks URL
// With `checks origin TEXT` or `checks endpoint TEXT`, only constructs a source, which ends the process if the text is wrong.
import Foundation
import LiveAssist
import WebKit

let arguments = CommandLine.arguments

Task { @MainActor in
    switch arguments[1] {
    case "origin": _ = LiveAssistPage(WKWebView(), origin: arguments[2])
    case "endpoint": _ = LiveAssistEndpoint(URL(string: arguments[2])!) { nil }
    default:
        await answerChecks()
        await visitorChecks()
        await slowChecks()
        await pageChecks()
        print("\(Check.count) checks, \(Check.failed) failed")
    }
    exit(Check.failed == 0 ? 0 : 1)
}
RunLoop.main.run()
