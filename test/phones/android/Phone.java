// A phone that a test controls line by line. It prints what the SDK receives and which scripts the WebView gets.

import android.os.Handler;
import android.os.Looper;
import android.webkit.ValueCallback;
import android.webkit.WebView;
import androidx.webkit.WebMessageCompat;
import androidx.webkit.WebViewCompat;
import com.cafex.liveassist.LiveAssistDelegate;
import com.example.liveassist.LiveAssistTokens;
import java.io.BufferedReader;
import java.io.InputStreamReader;

public final class Phone {
    private static volatile String session;
    private static LiveAssistDelegate delegate;

    public static void main(String[] arguments) throws Exception {
        Handler mainThread = new Handler(Looper.getMainLooper());
        WebView view = new WebView() {
            @Override
            public void evaluateJavascript(String script, ValueCallback<String> resultCallback) {
                say("script " + script);
            }
        };
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        say("ready");
        for (String line; (line = commands.readLine()) != null; ) {
            String[] words = line.split(" ", 3);
            mainThread.post(() -> {
                switch (words[0]) {
                    case "endpoint" -> delegate = new LiveAssistTokens(new LiveAssistTokens.Endpoint(words[1], () -> session));
                    case "page" -> delegate = new LiveAssistTokens(new LiveAssistTokens.Page(view, words[1]));
                    case "session" -> session = words.length > 1 ? words[1] : null;
                    case "ask" -> delegate.authoriseChatWithCallback(jwt -> say("answer " + jwt));
                    case "post" -> WebViewCompat.say(
                            view, "liveAssistApp", new WebMessageCompat(words[2]), words[1], true);
                    default -> throw new IllegalArgumentException(words[0]);
                }
            });
        }
        System.exit(0);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
