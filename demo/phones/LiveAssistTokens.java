// Supplies Live Assist's Android SDK with the visitor's token. Copy this file into the app.
// Needs minSdk 21, Java 8 and the INTERNET permission.
//
// Set it up together with the chat, in an Activity or Fragment, before loadWithConfig:
//
//     LiveAssistTokens.Source source = new LiveAssistTokens.Endpoint(
//             "https://www.example.com/live-assist/token", () -> mySession.key());  // null: nobody is signed in
//     config.setJavascriptMethodName("authoriseChatWithCallback");
//     config.setLiveAssistDelegate(new LiveAssistTokens(source));
//
// If visitors sign in on the site's own pages inside a WebView, use the page's token instead:
//
//     LiveAssistTokens.Source source = new LiveAssistTokens.Page(webView, "https://www.example.com");
//
// Only the class Page needs androidx.webkit (implementation 'androidx.webkit:webkit:1.3.0' or later). An app that uses
// Endpoint and does not have that library can delete Page, at the end of this file, and the imports marked "for Page".

package com.example.liveassist;

import android.net.Uri; // for Page
import android.os.Handler;
import android.os.Looper;
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
import java.util.UUID; // for Page
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher; // for Page
import java.util.regex.Pattern;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;

/**
 * Answers each of the SDK's calls exactly once, on the main thread, within eight seconds: with a token, or with an empty
 * string if there is none. (No document says how the SDK treats an empty string.) Nothing is kept here. Every call asks
 * the source again, so that a visitor never gets the previous visitor's token. Never print or log a token. Anyone who
 * reads it can pose as the visitor.
 */
public final class LiveAssistTokens implements LiveAssistDelegate {
    /** Where tokens come from. */
    public interface Source {
        /** Called on the main thread. Gives {@code answer} a token, or null if there is none. */
        void ask(Answer answer);
    }

    /** Receives the token, on any thread. Only the first answer counts, and only within the time limit. */
    public interface Answer {
        void accept(String token);
    }

    private static final String REFUSED = "";
    private static final int LIMIT_MS = 7000; // The eighth second is reserve, in case the main thread is busy.
    private static final int MAX_LENGTH = 64 * 1024;
    private static final Pattern COMPACT = // Not \w, which matches letters of every alphabet on Android.
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Handler MAIN = new Handler(Looper.getMainLooper());

    private final Source source;

    public LiveAssistTokens(Source source) {
        this.source = source;
    }

    @Override
    public void authoriseChatWithCallback(LiveAssistAuth auth) {
        Call call = new Call(auth);
        MAIN.postDelayed(call, LIMIT_MS);
        MAIN.post(() -> {
            try {
                source.ask(call);
            } catch (Exception noAnswer) { // Kotlin has no checked exceptions, so any kind can arrive here.
                call.accept(null);
            }
        });
    }

    /** One call of the SDK. Releases the SDK's callback once it is answered. Runs when the time is up. */
    private static final class Call implements Answer, Runnable {
        private LiveAssistAuth auth;

        Call(LiveAssistAuth auth) {
            this.auth = auth;
        }

        @Override
        public void run() {
            accept(null);
        }

        @Override
        public void accept(String token) {
            if (Looper.myLooper() != Looper.getMainLooper()) {
                MAIN.post(() -> accept(token));
                return;
            }
            if (auth == null) return;
            LiveAssistAuth asked = auth;
            auth = null;
            MAIN.removeCallbacks(this);
            boolean isToken = token != null && token.length() <= MAX_LENGTH && COMPACT.matcher(token).matches();
            asked.authorise(isToken ? token : REFUSED);
        }
    }

    /**
     * Fetches tokens from the site's token endpoint, with the app's session key instead of a cookie. If the app has set a
     * CookieHandler, Android also sends its cookies, and this class cannot prevent that. The endpoint must ignore them.
     */
    public static final class Endpoint implements Source {
        /** The app's session. */
        public interface Session {
            /**
             * Returns the key of the app's current session, or null if nobody is signed in. Called on a background thread
             * before the request, and on the main thread just before the SDK gets the token: keep the key in memory.
             */
            String key() throws Exception;
        }

        /** At most four requests at a time, for all endpoints together. Idle threads end after five seconds. */
        private static final ThreadPoolExecutor BACKGROUND =
                new ThreadPoolExecutor(4, 4, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(100));
        private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1);

        static {
            BACKGROUND.allowCoreThreadTimeOut(true);
            CLOCK.setKeepAliveTime(5, TimeUnit.SECONDS);
            CLOCK.allowCoreThreadTimeOut(true);
            CLOCK.setRemoveOnCancelPolicy(true);
        }

        private final URL endpoint;
        private final Session session;

        /**
         * @param endpoint the full address: https://www.example.com/live-assist/token
         * @throws IllegalArgumentException if the address does not begin with https:// (or http://, for a test server)
         */
        public Endpoint(String endpoint, Session session) {
            try {
                this.endpoint = new URL(endpoint);
                if (!this.endpoint.getProtocol().matches("https?")) throw new MalformedURLException();
            } catch (MalformedURLException noAddress) {
                throw new IllegalArgumentException("The endpoint is not a full address. Begin it with https://", noAddress);
            }
            this.session = session;
        }

        @Override
        public void ask(Answer answer) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
            BACKGROUND.execute(() -> answer(answer, end));
        }

        /** Answers null for every failure: signed out (401), no contact (403), no network. */
        private void answer(Answer answer, long end) {
            try {
                String key = session.key();
                String token = key == null ? null : fetch(key, end);
                // Compare again in the turn that answers: the visitor may have signed out or changed in the meantime.
                MAIN.post(() -> answer.accept(isStill(key) ? token : null));
            } catch (Exception | StackOverflowError noAnswer) { // Deeply nested JSON overflows the parser's stack.
                answer.accept(null); // Do not log the exception: its message may quote the key.
            }
        }

        private boolean isStill(String key) {
            try {
                return key != null && key.equals(session.key());
            } catch (Exception unreadable) {
                return false;
            }
        }

        private String fetch(String key, long end) throws IOException, JSONException {
            long left = end - System.nanoTime();
            if (left <= 0) return null;
            HttpURLConnection connection = (HttpURLConnection) endpoint.openConnection();
            // The time-outs below restart with every byte. This one ends a header that never ends.
            Future<?> limit = CLOCK.schedule(connection::disconnect, left, TimeUnit.NANOSECONDS);
            try {
                connection.setConnectTimeout(4000);
                connection.setReadTimeout(4000);
                connection.setUseCaches(false);
                connection.setInstanceFollowRedirects(false); // A redirect leads to a sign-in page, not to a token.
                connection.setRequestProperty("Accept", "application/json");
                connection.setRequestProperty("Cache-Control", "no-cache"); // Nothing in between may answer, either.
                connection.setRequestProperty("Authorization", "Bearer " + key);
                if (connection.getResponseCode() != 200) return null;
                return tokenIn(read(connection.getInputStream(), end));
            } finally {
                limit.cancel(false);
                connection.disconnect();
            }
        }

        private static String read(InputStream body, long end) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            for (int length; (length = body.read(part)) > 0; ) {
                bytes.write(part, 0, length);
                if (bytes.size() > MAX_LENGTH) throw new IOException("The answer is too long.");
                if (System.nanoTime() - end > 0) throw new IOException("The answer took too long.");
            }
            return bytes.toString("UTF-8");
        }

        /** The text must be one JSON object and nothing else. Only its own field counts, not one of an inner object. */
        private static String tokenIn(String text) throws JSONException {
            JSONTokener json = new JSONTokener(text);
            Object body = json.nextValue();
            if (!(body instanceof JSONObject) || json.nextClean() != 0) return null;
            Object token = ((JSONObject) body).opt("token");
            return token instanceof String ? (String) token : null;
        }
    }

    /**
     * Asks the bridge on a page in a WebView. Accepts a token only while a call is waiting for it, only from the given
     * origin, and only from the main frame. Frames inside the page and other pages cannot supply one.
     *
     * Many samples use addJavascriptInterface, which is open to every frame of every origin.
     */
    public static final class Page implements Source, WebViewCompat.WebMessageListener {
        private static final String NAME = "liveAssistApp";
        private static final String ASK = "(function (answer) {"
                + " window.authoriseChatWithCallback ? authoriseChatWithCallback(answer) : answer()"
                + " })(function (token) { " + NAME + ".postMessage('%s ' + (token || '')) })";
        private static final Pattern ANSWER = Pattern.compile("([0-9a-f-]{36}) (.*)", Pattern.DOTALL);

        private final WebView view;
        private final String origin;
        /**
         * The calls that wait for the page. An identifier never repeats, not even in another object: a late answer to one
         * call is never taken as the answer to another, and a page cannot answer a call that was not made to it.
         */
        private final Map<String, Answer> waiting = new HashMap<>();

        /**
         * Construct it on the main thread, before the page is loaded. Call destroy() on the WebView when it is no longer
         * needed. If a WebView gets a second object, that one is asked from then on.
         *
         * @param origin scheme and host, plus the port if it is not the scheme's default: https://www.example.com
         * @throws IllegalArgumentException if the origin is written in another way
         * @throws UnsupportedOperationException from androidx.webkit if the device's WebView is older than 2020
         */
        public Page(WebView view, String origin) {
            // WebView accepts other spellings too, but no page's origin ever equals them.
            if (!origin.matches("https?://[a-z0-9.-]+(:[0-9]+)?") || origin.matches("http:.*:80|https:.*:443"))
                throw new IllegalArgumentException("Not an origin. Write https://www.example.com, without path or default port");
            this.view = view;
            this.origin = origin;
            WebViewCompat.removeWebMessageListener(view, NAME); // A second listener under the same name would be rejected.
            WebViewCompat.addWebMessageListener(view, NAME, Collections.singleton(origin), this);
        }

        @Override
        public void ask(Answer answer) {
            String call = UUID.randomUUID().toString();
            waiting.put(call, answer);
            MAIN.postDelayed(() -> waiting.remove(call), LIMIT_MS);
            // The script runs in whatever page is shown. The answer's origin decides, and the time limit if none comes.
            view.evaluateJavascript(String.format(Locale.ROOT, ASK, call), null);
        }

        @Override
        public void onPostMessage(
                WebView view, WebMessageCompat message, Uri sourceOrigin, boolean isMainFrame, JavaScriptReplyProxy reply) {
            if (!isMainFrame || !origin.equals(sourceOrigin.toString())) return;
            String text;
            try {
                text = String.valueOf(message.getData());
            } catch (IllegalStateException noText) {
                return; // With newer versions of androidx.webkit a page can also send bytes.
            }
            Matcher said = ANSWER.matcher(text);
            Answer answer = said.matches() ? waiting.remove(said.group(1)) : null;
            if (answer != null) answer.accept(said.group(2));
        }
    }
}
