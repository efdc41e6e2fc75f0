package android.webkit;

import android.os.Looper;
import java.util.ArrayList;
import java.util.List;

/** Stands in for Android's class. Keeps the scripts that it is given and runs none. */
public class WebView {
    public final List<String> scripts = new ArrayList<>();
    /** For the checks: evaluateJavascript throws it. */
    public RuntimeException refusal;

    public void evaluateJavascript(String script, ValueCallback<String> resultCallback) {
        if (Looper.myLooper() != Looper.getMainLooper()) throw new RuntimeException("A WebView method was called on another thread.");
        if (refusal != null) throw refusal;
        scripts.add(script);
    }
}
