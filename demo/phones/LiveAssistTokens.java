// Gives Live Assist's SDK for Android the visitor's token. minSdk 24, for java.util.function; the INTERNET permission.
//
// Where the chat is set up (in an Activity or Fragment), before loadWithConfig:
//
//     LiveAssistTokens.Source source = new LiveAssistTokens.Endpoint(
//             "https://www.example.com/live-assist/token", () -> mySession.key());  // null: signed out
//     config.setJavascriptMethodName("authoriseChatWithCallback");
//     config.setLiveAssistDelegate(new LiveAssistTokens(source, ContextCompat.getMainExecutor(context)));
//
// An app whose visitors sign in on the site's own pages, inside a WebView, takes the page's token:
//
//     LiveAssistTokens.Source source = new LiveAssistTokens.Page(webView, "https://www.example.com");
//
// Only Page needs androidx.webkit (implementation 'androidx.webkit:webkit:1.3.0' or newer). An app that asks the Endpoint
// and has not that library deletes the class Page, at the end of this file, and the imports marked "for Page".

package com.example.liveassist;

import android.net.Uri; // for Page
import android.webkit.WebView; // for Page
import androidx.webkit.JavaScriptReplyProxy; // for Page
import androidx.webkit.WebMessageCompat; // for Page
import androidx.webkit.WebViewCompat; // for Page
import com.cafex.liveassist.LiveAssistAuth;
import com.cafex.liveassist.LiveAssistDelegate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections; // for Page
import java.util.HashMap; // for Page
import java.util.Locale; // for Page
import java.util.Map; // for Page
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers each call of the SDK once, within eight seconds: with a token, or with an empty text, which Live Assist
 * refuses. No token is kept, so the SDK gets a new one whenever it asks, before the last one's exp as well as after it,
 * and nobody gets the token of who was signed in before. Never write one to the log: whoever reads it can be the visitor.
 */
public final class LiveAssistTokens implements LiveAssistDelegate {
    /** Where tokens come from. Asked on the main thread. */
    public interface Source {
        /** Calls {@code answer} with a token, or with null when there is none; on any thread. */
        void ask(Consumer<String> answer);
    }

    private static final String REFUSED = "";
    private static final String COMPACT = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){2}"; // \w is any alphabet's on Android.
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    private final Source source;
    private final Executor mainThread;

    public LiveAssistTokens(Source source, Executor mainThread) {
        this.source = source;
        this.mainThread = mainThread;
    }

    @Override
    public void authoriseChatWithCallback(LiveAssistAuth auth) {
        AtomicBoolean answered = new AtomicBoolean();
        Consumer<String> answer = token -> {
            if (answered.getAndSet(true)) return;
            mainThread.execute(() -> auth.authorise(token == null ? REFUSED : token));
        };
        CLOCK.schedule(() -> answer.accept(null), 8, TimeUnit.SECONDS);
        mainThread.execute(() -> source.ask(answer));
    }

    /** The site's token endpoint, asked with the app's own session in place of a cookie. */
    public static final class Endpoint implements Source {
        private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"(" + COMPACT + ")\"");

        private final Executor background = Executors.newCachedThreadPool();
        private final URL endpoint;
        private final Supplier<String> session;

        /**
         * @param session answers the key of the app's session, or null when nobody is signed in; called on a background
         *     thread, before the request and after it
         */
        public Endpoint(String endpoint, Supplier<String> session) {
            try {
                this.endpoint = new URL(endpoint);
            } catch (MalformedURLException noAddress) {
                throw new IllegalArgumentException("The endpoint has no full address. Begin it with https://", noAddress);
            }
            this.session = session;
        }

        @Override
        public void ask(Consumer<String> answer) {
            background.execute(() -> answer.accept(token()));
        }

        /** Null for every failure: signed out (401), no contact (403), no network. */
        private String token() {
            try {
                String key = session.get();
                String token = key == null ? null : fetch(key);
                // Who has signed out or changed meanwhile must not speak as the former visitor.
                return token != null && key.equals(session.get()) ? token : null;
            } catch (IOException | RuntimeException noAnswer) {
                return null; // Not printed: the message may quote the key. No INTERNET permission ends here too.
            }
        }

        private String fetch(String key) throws IOException {
            HttpURLConnection connection = (HttpURLConnection) endpoint.openConnection();
            try {
                connection.setConnectTimeout(4000);
                connection.setReadTimeout(4000);
                connection.setUseCaches(false);
                connection.setInstanceFollowRedirects(false); // A login page is no token.
                connection.setRequestProperty("Accept", "application/json");
                connection.setRequestProperty("Authorization", "Bearer " + key);
                if (connection.getResponseCode() != 200) return null;
                Matcher found = TOKEN.matcher(read(connection.getInputStream()));
                return found.find() ? found.group(1) : null;
            } finally {
                connection.disconnect();
            }
        }

        private static String read(InputStream body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            for (int length; (length = body.read(part)) > 0; ) bytes.write(part, 0, length);
            return bytes.toString("UTF-8");
        }
    }

    /**
     * A page of the site in a WebView, with the bridge on it. Takes a token only while it waits for one, only from that
     * origin, and only from the main frame: a frame within the page, and any page the visitor goes on to, get nothing in.
     *
     * addJavascriptInterface, which many samples use, would offer itself to every frame of every origin.
     */
    public static final class Page implements Source, WebViewCompat.WebMessageListener {
        private static final String NAME = "liveAssistApp";
        private static final String ASK = "(function (answer) {"
                + " window.authoriseChatWithCallback ? authoriseChatWithCallback(answer) : answer()"
                + " })(function (token) { " + NAME + ".postMessage('%d ' + (token || '')) })";
        private static final Pattern ANSWER = Pattern.compile("(\\d{1,9}) (.*)");

        private final WebView view;
        private final String origin;
        /** By their numbers: what the page says to one, before its visitor changed, is no answer to the next. */
        private final Map<Integer, Consumer<String>> waiting = new HashMap<>();
        private int asked;

        /**
         * Construct it on the main thread, before the page is loaded. Of two on one WebView the later is asked.
         *
         * @param origin scheme and host, and the port where it is not the scheme's own: https://www.example.com
         * @throws UnsupportedOperationException from androidx.webkit where the device's WebView is older than of 2020
         */
        public Page(WebView view, String origin) {
            this.view = view;
            this.origin = origin;
            WebViewCompat.removeWebMessageListener(view, NAME); // A name that is taken would be refused.
            WebViewCompat.addWebMessageListener(view, NAME, Collections.singleton(origin), this);
        }

        @Override
        public void ask(Consumer<String> answer) {
            waiting.put(++asked, answer);
            // Runs in whatever page is shown. The answer is judged by where it comes from, and no answer by the clock.
            view.evaluateJavascript(String.format(Locale.ROOT, ASK, asked), null);
        }

        @Override
        public void onPostMessage(
                WebView view, WebMessageCompat message, Uri sourceOrigin, boolean isMainFrame, JavaScriptReplyProxy reply) {
            if (!isMainFrame || !origin.equals(sourceOrigin.toString())) return;
            Matcher said = ANSWER.matcher(String.valueOf(message.getData()));
            Consumer<String> answer = said.matches() ? waiting.remove(Integer.valueOf(said.group(1))) : null;
            if (answer != null) answer.accept(said.group(2).matches(COMPACT) ? said.group(2) : null);
        }
    }
}
