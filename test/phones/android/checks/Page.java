// A page in a WebView, as the checks use it.

import android.webkit.WebView;
import androidx.webkit.WebMessageCompat;
import androidx.webkit.WebViewCompat;
import com.example.liveassist.LiveAssistTokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class Page {
    static final String ORIGIN = "https://www.example.com";
    static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
    static final String NAME = "liveAssistApp";
    private static final Pattern POST = Pattern.compile("postMessage\\('(\\S+) '");

    final WebView view = new WebView();

    /** A new source for this page, as the app makes one when it sets up the chat again. */
    LiveAssistTokens source() throws Exception {
        return MainThread.run(() -> new LiveAssistTokens(new LiveAssistTokens.Page(view, ORIGIN)));
    }

    /** Has the SDK ask, and returns when the page has got the script. */
    Call ask(LiveAssistTokens tokens) throws Exception {
        Call call = Call.of(tokens);
        MainThread.settle();
        return call;
    }

    /** The identifier of the last call. The page's script posts it in front of the token. */
    String lastCall() throws Exception {
        Matcher found = POST.matcher(MainThread.run(() -> view.scripts.get(view.scripts.size() - 1)));
        return found.find() ? found.group(1) : "no call";
    }

    void post(String origin, boolean isMainFrame, WebMessageCompat message) throws Exception {
        MainThread.run(() -> {
            WebViewCompat.say(view, NAME, message, origin, isMainFrame);
            return null;
        });
        MainThread.settle();
    }

    void post(String text) throws Exception {
        post(ORIGIN, true, new WebMessageCompat(text));
    }

    /** Delivers a message that the WebView should have held back. */
    void force(String origin, boolean isMainFrame, String text) throws Exception {
        MainThread.run(() -> {
            WebViewCompat.force(view, NAME, new WebMessageCompat(text), origin, isMainFrame);
            return null;
        });
    }
}
