package androidx.webkit;

import android.net.Uri;
import android.webkit.WebView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Keeps the listener for the test to speak to; a name is taken once for each WebView, as in androidx.webkit. */
public final class WebViewCompat {
    public interface WebMessageListener {
        void onPostMessage(
                WebView view, WebMessageCompat message, Uri sourceOrigin, boolean isMainFrame, JavaScriptReplyProxy reply);
    }

    public static String name;
    public static Set<String> allowedOrigins;
    public static WebMessageListener listener;

    private static final Map<WebView, Set<String>> names = new HashMap<>();

    private WebViewCompat() {}

    public static void addWebMessageListener(
            WebView view, String jsObjectName, Set<String> allowedOriginRules, WebMessageListener webMessageListener) {
        if (!names.computeIfAbsent(view, unknown -> new HashSet<>()).add(jsObjectName))
            throw new IllegalArgumentException("jsObjectName " + jsObjectName + " was already added.");
        name = jsObjectName;
        allowedOrigins = allowedOriginRules;
        listener = webMessageListener;
    }

    public static void removeWebMessageListener(WebView view, String jsObjectName) {
        names.getOrDefault(view, new HashSet<>()).remove(jsObjectName);
    }
}
