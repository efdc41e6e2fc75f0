// Tokens of a page in a WebView: who may supply one, and for which call.

import android.webkit.WebView;
import androidx.webkit.WebMessageCompat;
import androidx.webkit.WebViewCompat;
import com.example.liveassist.LiveAssistTokens;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

final class PageChecks {
    private PageChecks() {}

    static void run() throws Exception {
        Page page = new Page();
        LiveAssistTokens tokens = page.source();
        Check.same("one origin", Collections.singleton(Page.ORIGIN), MainThread.run(() -> WebViewCompat.rules(page.view, Page.NAME)));
        Call call = page.ask(tokens);
        page.post(page.lastCall() + " " + Page.TOKEN);
        Check.same("the page's token", Page.TOKEN, call.answer());
        Check.that("on the main thread", call.onMain, false);
        strangers(page, tokens);
        for (String text : new String[] {"", "no token", "a.b", Page.TOKEN + "\n", "\u00e9.\u00e9.\u00e9"}) {
            call = page.ask(tokens);
            page.post(page.lastCall() + " " + text);
            Check.same("the page posts " + text, "", call.answer());
            Check.that("refused at once: " + text, call.seconds < 6, call.seconds);
        }
        formerVisitor(page, tokens);
        unanswered();
        origins();
    }

    private static void strangers(Page page, LiveAssistTokens tokens) throws Exception {
        Call call = page.ask(tokens);
        String id = page.lastCall();
        for (String origin : new String[] {"https://evil.example", Page.ORIGIN + ".evil.example", "http://www.example.com",
            Page.ORIGIN + ":8443", "null", "file://", "about:blank", ""}) page.force(origin, true, id + " a.b.evil");
        page.force(Page.ORIGIN, false, id + " a.b.frame");
        page.post(Page.ORIGIN, false, new WebMessageCompat(id + " a.b.frame"));
        page.post(Page.ORIGIN, true, new WebMessageCompat(new byte[1]));
        for (String text : new String[] {Page.TOKEN, "0 a.b.c", "1 a.b.c", "", " ", " a.b.c", id + "0 a.b.c", null}) page.post(text);
        Check.same("accepts nothing from others", "[]", call.received.toString());
        page.post(id + " " + Page.TOKEN);
        Check.same("still accepts the page's token", Page.TOKEN, call.answer());
        page.post(id + " a.b.again");
        Call next = page.ask(tokens);
        page.post(id + " a.b.again");
        Check.same("accepts nothing for a call that is answered", "[]", next.received.toString());
        Check.same("answers once", "[" + Page.TOKEN + "]", call.received.toString());
    }

    /** Anna's page is slow. Bert signs in, and the app sets up the chat again on the same WebView. */
    private static void formerVisitor(Page page, LiveAssistTokens tokens) throws Exception {
        List<String> former = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            page.ask(tokens);
            former.add(page.lastCall());
        }
        LiveAssistTokens later = page.source();
        List<Call> calls = new ArrayList<>();
        Set<String> ids = new HashSet<>(former);
        for (int i = 0; i < 20; i++) {
            calls.add(page.ask(later));
            ids.add(page.lastCall());
        }
        Check.same("an identifier never repeats", 40, ids.size());
        for (String id : former) page.post(id + " a.b.former");
        for (int i = 0; i < 100; i++) page.post(i + " a.b.former");
        for (Call one : calls) Check.same("accepts no answer to the former visitor's call", "[]", one.received.toString());
        page.view.refusal = new IllegalStateException("secret");
        Check.same("a WebView that throws", "", page.ask(later).answer());
        page.view.refusal = null;
        for (Call one : calls) Check.same("a page that does not answer", "", one.answer());
    }

    /** A call that is never answered must not be kept for ever. */
    private static void unanswered() throws Exception {
        Field waiting = LiveAssistTokens.Page.class.getDeclaredField("waiting");
        waiting.setAccessible(true);
        LiveAssistTokens.Page page = MainThread.run(() -> new LiveAssistTokens.Page(new WebView(), Page.ORIGIN));
        MainThread.run(() -> {
            page.ask(token -> {});
            return null;
        });
        Check.that("keeps an unanswered call", !"{}".equals(waiting.get(page).toString()), waiting.get(page));
        MainThread.sleep(7200);
        Check.same("forgets it after the time limit", "{}", MainThread.run(() -> waiting.get(page).toString()));
    }

    private static void origins() throws Exception {
        for (String origin : new String[] {Page.ORIGIN + "/", Page.ORIGIN + ":443", "http://localhost:80", "https://WWW.example.com",
            "*", "https://*.example.com", "www.example.com", "null", "file://", Page.ORIGIN + "\n"}) {
            try {
                MainThread.run(() -> new LiveAssistTokens.Page(new WebView(), origin));
                Check.that("refuses the origin " + origin, false, "accepted");
            } catch (ExecutionException refused) {
                Check.that("refuses the origin " + origin, refused.getCause() instanceof IllegalArgumentException, refused);
            }
        }
        for (String origin : new String[] {"http://10.0.2.2:8080", "https://xn--mller-kva.example", Page.ORIGIN + ":8443"})
            MainThread.run(() -> new LiveAssistTokens.Page(new WebView(), origin));
    }
}
