// Many calls at the same time, and a visitor who changes in between.

import com.example.liveassist.LiveAssistTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

final class CrowdChecks {
    private CrowdChecks() {}

    static void run() throws Exception {
        LiveAssistTokens tokens = Endpoint.at("ok?ms=20");
        fromManyThreads(tokens);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) calls.add(Call.of(tokens));
        MainThread.sleep(300);
        // On the main thread, where calls are answered: no answer falls between the change and the time of it.
        long changed = MainThread.run(() -> {
            Endpoint.key = "bert";
            return System.nanoTime();
        });
        long threads = threads();
        for (int i = 0; i < calls.size(); i++) {
            String answer = calls.get(i).answer();
            String visitor = calls.get(i).answered < changed ? "anna" : "bert";
            Check.that("call " + i + " of 400", answer.isEmpty() || answer.equals(Endpoint.tokenFor(visitor)), answer);
            Check.that("call " + i + " of 400 in time", calls.get(i).seconds < 8, calls.get(i).seconds);
        }
        Check.that("at most five threads", threads <= 5, threads);
        MainThread.sleep(200);
        for (Call call : calls) Check.same("answered once", 1, call.received.size());
    }

    private static void fromManyThreads(LiveAssistTokens tokens) throws Exception {
        List<Call> calls = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Thread caller = new Thread(() -> {
                for (int j = 0; j < 4; j++) calls.add(Call.of(tokens));
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) caller.join();
        for (Call call : calls) Check.same("a call of 64", Endpoint.tokenFor("anna"), call.answer());
    }

    /** The threads that the phone file has started. */
    static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("pool-")).count();
    }
}
