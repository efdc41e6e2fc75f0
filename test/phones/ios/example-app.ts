/**
 * Turns the examples at the head of the phone file for iOS into a class of an app, so that they can be compiled.
 *
 * @module
 */
import { headExamples } from '../head-examples.js';

export function swiftApp(phoneFile: string): string {
  const methods = headExamples(phoneFile).map((lines, index) => {
    // An example that stops at the source is used like the first one.
    const rest = lines.includes('tokens =') ? '' : 'tokens = LiveAssistTokens(source)\n';
    return `func setUp${index}() {\n${lines}${rest}}`;
  });
  return `import Foundation
import LiveAssist
import WebKit

@MainActor final class MySession { var key: String? }

@MainActor final class ChatViewController: NSObject {
    let mySession = MySession()
    let webView = WKWebView()
    let assistConfig = AssistConfig()
    var tokens: LiveAssistTokens?

${methods.join('\n\n')}
}
`;
}
