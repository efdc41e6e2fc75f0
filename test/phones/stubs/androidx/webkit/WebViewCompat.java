package androidx.webkit;

import android.net.Uri;
import android.webkit.WebView;
import java.util.Set;

/** Keeps the listener for the test to speak to. */
public final class WebViewCompat {
    public interface WebMessageListener {
        void onPostMessage(
                WebView view, WebMessageCompat message, Uri sourceOrigin, boolean isMainFrame, JavaScriptReplyProxy reply);
    }

    public static String name;
    public static Set<String> allowedOrigins;
    public static WebMessageListener listener;

    private WebViewCompat() {}

    public static void addWebMessageListener(
            WebView view, String jsObjectName, Set<String> allowedOriginRules, WebMessageListener webMessageListener) {
        name = jsObjectName;
        allowedOrigins = allowedOriginRules;
        listener = webMessageListener;
    }
}
