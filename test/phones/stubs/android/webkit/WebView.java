package android.webkit;

import java.util.function.Consumer;

/** Tells the test which scripts it was given. */
public class WebView {
    private final Consumer<String> scripts;

    public WebView(Consumer<String> scripts) {
        this.scripts = scripts;
    }

    public void evaluateJavascript(String script, Object resultCallback) {
        scripts.accept(script);
    }
}
