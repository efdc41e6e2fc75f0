// Answers that come late or never end. Each call is answered within eight seconds, even if the main thread is busy.

import java.util.ArrayList;
import java.util.List;

final class SlowChecks {
    private SlowChecks() {}

    static void run() throws Exception {
        List<String> paths = Endpoint.paths("slow");
        // At most four requests run at a time, so that each one gets its whole time.
        for (int start = 0; start < paths.size(); start += 4) {
            batch(paths.subList(start, Math.min(start + 4, paths.size())));
        }
        // What the sockets buffer comes to a few megabytes.
        Check.that("reads little of an endless answer", Endpoint.seen("longest") < 16_000_000, Endpoint.seen("longest"));
    }

    private static void batch(List<String> paths) throws Exception {
        List<Call> calls = new ArrayList<>();
        for (String path : paths) calls.add(Call.of(Endpoint.at(path)));
        MainThread.HANDLER.postDelayed(() -> MainThread.sleep(800), 6900);
        for (int i = 0; i < paths.size(); i++) {
            Call call = calls.get(i);
            Check.same(paths.get(i), "", call.answer());
            Check.that(paths.get(i) + " in time", call.seconds < 8, call.seconds);
            Check.that(paths.get(i) + " on the main thread", call.onMain, false);
        }
        MainThread.sleep(1500);
        for (Call call : calls) Check.same("answered once", 1, call.received.size());
        String next = Call.of(Endpoint.at("ok")).answer();
        Check.same("answers the next call after " + paths, Endpoint.tokenFor("anna"), next);
    }
}
