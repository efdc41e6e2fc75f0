package androidx.webkit;

import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import android.webkit.WebView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stands in for androidx.webkit on Chromium. A name can be added once per WebView. A page's message reaches the listener
 * that has the name now, if that listener's rules allow the page's origin.
 */
public class WebViewCompat {
    public interface WebMessageListener {
        void onPostMessage(
                WebView view, WebMessageCompat message, Uri sourceOrigin, boolean isMainFrame, JavaScriptReplyProxy replyProxy);
    }

    private static final class Registration {
        final Set<String> origins;
        final WebMessageListener listener;

        Registration(Set<String> origins, WebMessageListener listener) {
            this.origins = origins;
            this.listener = listener;
        }
    }

    private static final Pattern RULE = Pattern.compile("\\*|https?://[^/:?#]+(:\\d+)?|[a-z][a-z0-9+.-]*://");
    private static final Map<WebView, Map<String, Registration>> REGISTRATIONS = new HashMap<>();

    private WebViewCompat() {}

    public static void addWebMessageListener(
            WebView webView, String jsObjectName, Set<String> allowedOriginRules, WebMessageListener listener) {
        requireMain();
        for (String rule : allowedOriginRules) {
            if (!RULE.matcher(rule).matches()) throw new IllegalArgumentException("allowedOriginRules " + rule + " is invalid");
        }
        Map<String, Registration> names = REGISTRATIONS.computeIfAbsent(webView, view -> new HashMap<>());
        if (names.containsKey(jsObjectName)) throw new IllegalArgumentException("jsObjectName " + jsObjectName + " was already added.");
        names.put(jsObjectName, new Registration(new HashSet<>(allowedOriginRules), listener));
    }

    public static void removeWebMessageListener(WebView webview, String jsObjectName) {
        requireMain();
        REGISTRATIONS.getOrDefault(webview, new HashMap<>()).remove(jsObjectName);
    }

    private static void requireMain() {
        if (Looper.myLooper() != Looper.getMainLooper()) throw new IllegalStateException("Not on the main thread.");
    }

    /** For the checks, on the main thread: a frame posts a message. Delivered in the next turn, as in Chromium. */
    public static void say(WebView view, String name, WebMessageCompat message, String origin, boolean isMainFrame) {
        requireMain();
        Registration now = REGISTRATIONS.getOrDefault(view, new HashMap<>()).get(name);
        if (now == null || !now.origins.contains(origin) && !now.origins.contains("*")) return;
        new Handler(Looper.getMainLooper())
                .post(() -> now.listener.onPostMessage(view, message, Uri.parse(origin), isMainFrame, null));
    }

    /** For the checks: delivers a message although the rules forbid it, as a faulty WebView would. */
    public static void force(WebView view, String name, WebMessageCompat message, String origin, boolean isMainFrame) {
        requireMain();
        REGISTRATIONS.get(view).get(name).listener.onPostMessage(view, message, Uri.parse(origin), isMainFrame, null);
    }

    /** For the checks: the origins that may post messages. */
    public static Set<String> rules(WebView view, String name) {
        return REGISTRATIONS.get(view).get(name).origins;
    }
}
