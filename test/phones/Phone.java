// A phone that does what the test tells it, line by line, and says what its parts hear.

import android.net.Uri;
import android.webkit.WebView;
import androidx.webkit.WebMessageCompat;
import androidx.webkit.WebViewCompat;
import com.cafex.liveassist.LiveAssistDelegate;
import com.example.liveassist.LiveAssistTokens;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

public final class Phone {
    private static volatile String session;

    public static void main(String[] arguments) throws Exception {
        Executor mainThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "main"));
        LiveAssistDelegate delegate = null;
        WebView view = new WebView(script -> say("script " + script));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        say("ready");
        for (String line; (line = commands.readLine()) != null; ) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "endpoint" -> delegate = new LiveAssistTokens(
                        new LiveAssistTokens.Endpoint(words[1], Phone::session), mainThread);
                case "page" -> {
                    delegate = new LiveAssistTokens(new LiveAssistTokens.Page(view, words[1]), mainThread);
                    say("listener " + WebViewCompat.name + " " + WebViewCompat.allowedOrigins);
                }
                case "session" -> session = words.length > 1 ? words[1].replace("\\n", "\n") : null;
                case "ask" -> delegate.authoriseChatWithCallback(
                        jwt -> say("answer " + Thread.currentThread().getName() + " " + jwt));
                case "message" -> mainThread.execute(() -> {
                    WebMessageCompat message = new WebMessageCompat(words.length > 3 ? words[3] : "");
                    WebViewCompat.listener.onPostMessage(
                            null, message, Uri.parse(words[1]), words[2].equals("main"), null);
                    say("delivered");
                });
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
        System.exit(0);
    }

    private static String session() {
        if (Thread.currentThread().getName().equals("main")) throw new IllegalStateException("On the main thread.");
        if ("unreadable".equals(session)) throw new IllegalStateException("The key store is locked.");
        return session;
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
