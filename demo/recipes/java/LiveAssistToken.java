// Token endpoint for Live Assist with the JDK alone (17 or newer).
//
// 1. Start it with: java LiveAssistToken.java (PORT, default 8080), and let the site's web server pass PATH, the bridge's
//    tokenEndpoint, on to it with the Host header as the browser sent it, and with X-Forwarded-For, so that nobody behind
//    it becomes the trial contact (nginx: proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For
//    $proxy_add_x_forwarded_for).
//    Or put a `package` line on top of this file, and in a servlet or a Spring controller of yours that is mapped to PATH,
//    without the context path with which PATH begins:
//        var answer = LiveAssistToken.respond(request.getMethod(), request.getRequestURI(), request.getProtocol(),
//                request.getRemoteAddr(), name -> java.util.Collections.list(request.getHeaders(name)),
//                java.util.Collections.list(request.getHeaderNames()), () -> yourVisitor(request));
//        response.setStatus(answer.status());
//        answer.headers().forEach(response::setHeader);
//        response.getWriter().write(answer.json());
// 2. Replace the body of visitor() with a look at your own session.
// 3. Set these in the environment, and keep the key file outside the web root:
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
//    LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: the GUID that guests on localhost get a token for.
//    Spring's ForwardedHeaderFilter, Tomcat's RemoteIpValve and RemoteIpFilter, and Apache's mod_remoteip hide a proxy:
//    where one of them runs, never set LIVE_ASSIST_TRIAL_CONTACT.

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

public final class LiveAssistToken {
    public static final String PATH = "/live-assist/token";
    private static final int LIFETIME = 7200; // seconds
    private static final int LIMIT = 5; // seconds for one look-up, all its requests together
    private static final int MOST = 1 << 20; // bytes of one answer, after decompression
    private static final int THREADS = 16;
    private static final String DASHED = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern GUID =
            Pattern.compile(DASHED + "|\\{" + DASHED + "\\}|[0-9a-f]{32}", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d+\\.\\d+\\.\\d+|::1|(0:){7}1");
    private static final Pattern HOST = Pattern.compile("^(?i:https?)://[A-Za-z0-9._:\\[\\]-]+");
    private static final String LOCAL = "(?i)(([a-z0-9-]+\\.)*localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?";
    private static final Pattern LOCAL_HOST = Pattern.compile(LOCAL);
    private static final Pattern LOCAL_PAGE = Pattern.compile("(?i)https?://" + LOCAL + "(/(?!.*, ?\\w+://).*)?");
    private static final Pattern FROM_PROXY = Pattern.compile(
            "(?i)(x-)?forwarded.*|x-(original|arr|amzn?|azure|envoy|proxy|rewrite)-.*"
                    + "|(cf|fastly|proxy|wl-proxy)-.*|x-varnish|front-end-https|via|cdn-loop|.*-(ip|addr)");

    /** What to do about a refusal of Dynamics or Entra, by its number. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("0x80072560", "Add the application user to this organisation."),
            Map.entry("0x80040225", "Enable the application user."),
            Map.entry("0x80095ffe", "Allow this server's address in the organisation's IP firewall."),
            Map.entry("0x80095ffc", "Allow the application in the organisation's access settings."),
            Map.entry("0x80040220", "Give the application user a role with Read on Contact."),
            Map.entry("0x80048306", "Give the application user's role Read on Contact at Organization level."),
            Map.entry("AADSTS7000222", "The client secret has expired. Make a new one."),
            Map.entry("AADSTS7000215", "The client secret is wrong. Set its value, not its id."),
            Map.entry("AADSTS700016", "DYNAMICS_CLIENT_ID is not known in this tenant."),
            Map.entry("AADSTS90002", "The tenant in DYNAMICS_TOKEN_URL does not exist."),
            Map.entry("AADSTS500011", "DYNAMICS_URL is not known in this tenant."),
            Map.entry("429", "It limits requests. Try again later."));

    /** SHA-256 of public keys whose private half is printed in public documentation, such as jwt.io's sample key. */
    private static final Set<String> PUBLISHED = Set.of(
            "f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7",
            "d2f8d7917928bbe7a457bdbaa0f69221a49b0fbc867ea34b700e9e78364d57e8",
            "6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c",
            "ad32320cf6c596d884b05381ba573aba8ddd5749b4de8f4a23a79f9a89ddaeb2",
            "627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d",
            "411a6612528417de252e5d2bf92bcf16bb2279b77f79ccd1f5c30d96418d1c08",
            "3dd15ef34ff58da98b4cf8fa6b9e2eb281665c38e36f56ad1faba791b2d536c3",
            "4886b0384bff5435d1c7e4830f4577ece463affb9c5fd4488835a1b006875547");

    /** Follows no redirects: they would carry the access token elsewhere. This machine is reached without a proxy. */
    private static final HttpClient HTTP = client(ProxySelector.getDefault());
    private static final HttpClient LOCAL_HTTP = client(HttpClient.Builder.NO_PROXY);

    private static HttpClient client(ProxySelector proxies) {
        return HttpClient.newBuilder().proxy(proxies).connectTimeout(Duration.ofSeconds(LIMIT)).build();
    }

    /**
     * REPLACE THE BODY. Who is signed in, by your own session? Return
     * <ul>
     * <li>the GUID of the visitor's Contact in Dynamics: best, if kept where the visitor cannot write it; or
     * <li>the visitor's e-mail address, if the visitor has PROVEN that it is theirs, also after every change of it.
     *     A visitor who can change the address without proof becomes somebody else; or
     * <li>null if nobody is signed in.
     * </ul>
     * The value must end with the sign-in: take it from the user who is signed in now. With HttpSession, keep nothing
     * beside the user:
     * <pre>
     * At the sign-in:   HttpSession session = request.getSession();
     *                   request.changeSessionId(); // A session id from before is not trusted.
     *                   session.setAttribute("user", user);
     * At the sign-out:  HttpSession session = request.getSession(false);
     *                   if (session != null) session.invalidate();
     * Here:             HttpSession session = request.getSession(false);
     *                   User user = session == null ? null : (User) session.getAttribute("user");
     *                   return user == null ? null : user.contactId();
     * </pre>
     */
    private static String visitor(Headers request) {
        return null;
    }

    /** Its message is our own sentence and holds no secret. */
    private static class Fault extends Exception {
        Fault(String message) {
            super(message);
        }
    }

    /** The look-up took longer than LIMIT. */
    private static final class TooSlow extends Fault {
        TooSlow(String message) {
            super(message);
        }
    }

    public record Answer(int status, String json) {
        static Answer error(int status, String word) {
            return new Answer(status, "{\"error\":\"" + word + "\"}");
        }

        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json");
            headers.put("Cache-Control", "no-store");
            headers.put("Vary", "Cookie, Authorization");
            headers.put("X-Content-Type-Options", "nosniff");
            if (status == 405) headers.put("Allow", "GET, POST");
            if (status == 503) headers.put("Retry-After", "1");
            return headers;
        }
    }

    /** Sixteen requests at a time. The JDK's server closes a connection whose request takes more than ten seconds. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", LiveAssistToken::handle);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers request = exchange.getRequestHeaders();
            URI uri = exchange.getRequestURI();
            // As it was sent. The path of a URI that begins with two slashes would lack its first folder.
            Answer answer = respond(exchange.getRequestMethod(), uri.toString().split("\\?", 2)[0],
                    exchange.getProtocol(), exchange.getRemoteAddress().getAddress().getHostAddress(),
                    name -> request.getOrDefault(name, List.of()), request.keySet(), () -> visitor(request));
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) exchange.getResponseBody().write(body);
        }
    }

    /**
     * @param path the request's path as it was sent, without the query. A host may precede it (RFC 9112, 3.2.2)
     * @param protocol HTTP/1.1, for example
     * @param peer the address of the machine that is connected
     * @param headers all values of the request's header of a name
     * @param names the names of all the request's headers
     */
    public static Answer respond(String method, String path, String protocol, String peer,
            Function<String, List<String>> headers, Collection<String> names, Supplier<String> signedIn) {
        // A path below the endpoint, like /token/a.css, would be kept by a CDN that caches by extension.
        if (!PATH.equals(HOST.matcher(path).replaceFirst(""))) {
            say("The path that was sent is not the exact path of the endpoint, so the answer was 404. "
                    + "Use one path in the bridge's tokenEndpoint, the recipe and the proxy.");
            return Answer.error(404, "not-found");
        }
        if (!List.of("GET", "POST").contains(method)) return Answer.error(405, "method-not-allowed");
        if (!askedByOwnPage(headers)) return Answer.error(403, "foreign-origin");
        try {
            String visitor = signedIn.get();
            boolean isGuest = visitor == null || visitor.isEmpty();
            Map<?, ?> contact = isGuest ? trialContact(protocol, peer, headers, names) : findContact(visitor);
            if (contact == null) return isGuest ? Answer.error(401, "signed-out") : Answer.error(403, "no-contact");
            return new Answer(200, "{\"token\":\"" + sign(claims(contact)) + "\"}");
        } catch (Exception | StackOverflowError error) {
            // Only our own sentences are logged. Another message or a stack trace may hold the key or an address.
            say(error instanceof Fault ? error.getMessage() : error.getClass().getName());
            return error instanceof TooSlow ? Answer.error(503, "timeout") : Answer.error(500, "failed");
        }
    }

    private static void say(String sentence) {
        System.err.println("Live Assist token: " + sentence);
    }

    /** A page of another site must never get a token. A request with neither header is from a phone or a server. */
    private static boolean askedByOwnPage(Function<String, List<String>> headers) {
        List<String> site = headers.apply("Sec-Fetch-Site");
        if (!site.isEmpty()) return site.equals(List.of("same-origin")) || site.equals(List.of("none"));
        List<String> origin = headers.apply("Origin");
        String host = String.join(",", headers.apply("Host"));
        return origin.isEmpty() || origin.equals(List.of("https://" + host)) || origin.equals(List.of("http://" + host));
    }

    /** The contact for guests while you try the endpoint on your own machine. */
    private static Map<?, ?> trialContact(String protocol, String peer, Function<String, List<String>> headers,
            Collection<String> names) throws Fault {
        String contact = System.getenv().getOrDefault("LIVE_ASSIST_TRIAL_CONTACT", "");
        if (contact.isEmpty()) return null;
        // Some proxies add no header. So HTTP/1.0, which many proxies speak, and a foreign page count as a proxy, too.
        boolean isDirect = LOOPBACK.matcher(peer).matches()
                && !protocol.equals("HTTP/1.0")
                && LOCAL_HOST.matcher(String.join(",", headers.apply("Host"))).matches()
                && names.stream().noneMatch(name -> FROM_PROXY.matcher(name).matches())
                && Stream.of("Origin", "Referer").flatMap(name -> headers.apply(name).stream())
                        .allMatch(page -> LOCAL_PAGE.matcher(page).matches());
        if (!isDirect) {
            say("LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. "
                    + "Remove the setting on a public site.");
            return null;
        }
        if (guid(contact) == null) throw new Fault("LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.");
        return Map.of("contactid", contact, "firstname", "Trial", "lastname", "Visitor");
    }

    /** The GUID as Dynamics writes it, or null. Braces may be around it, and its dashes may be missing. */
    private static String guid(Object text) {
        if (!(text instanceof String guid) || !GUID.matcher(guid).matches()) return null;
        return guid.replaceAll("[{}-]", "").toLowerCase(Locale.ROOT)
                .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    /** The active contact in Dynamics with this GUID or e-mail address. */
    private static Map<?, ?> findContact(String visitor) throws Exception {
        String id = guid(visitor);
        if (id == null && !visitor.contains("@")) {
            say("The visitor's id is neither a GUID nor an e-mail address. Return one of the two from visitor().");
            return null;
        }
        String column = id != null ? "contactid" : "emailaddress1";
        String value = id != null ? id : "'" + visitor.replace("'", "''") + "'"; // OData doubles a quote within text.
        String query = "$select=contactid,firstname,lastname,emailaddress1"
                + "&$filter=" + encode(column + " eq " + value + " and statecode eq 0");
        URI url = URI.create(dynamicsUrl() + "/api/data/v9.2/contacts?" + query);
        Object rows = askDynamics(url, System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT)).get("value");
        if (!(rows instanceof List<?> list) || !list.stream().allMatch(row -> row instanceof Map))
            throw new Fault("Dynamics answered no list of contacts. Is DYNAMICS_URL right?");
        // Dynamics finds josé for jose. So compare again: only A to Z equal a to z.
        Pattern same = Pattern.compile(Pattern.quote(id != null ? id : visitor), Pattern.CASE_INSENSITIVE);
        List<Map<?, ?>> contacts = new ArrayList<>();
        for (Object row : list)
            if (((Map<?, ?>) row).get(column) instanceof String text && same.matcher(text).matches())
                contacts.add((Map<?, ?>) row);
        if (contacts.size() > 1)
            throw new Fault("Two active contacts have one e-mail address. Merge them in Dynamics.");
        return contacts.isEmpty() ? null : contacts.get(0);
    }

    /** Asks with the kept access token, and once more with a new one if Dynamics refuses the kept one. */
    private static Map<?, ?> askDynamics(URI url, long deadline) throws Exception {
        Kept before = kept;
        Received received = send("Dynamics", authorized(url, accessToken(deadline)), deadline);
        if (received.status == 401 && before != null && before == kept) {
            kept = null;
            received = send("Dynamics", authorized(url, accessToken(deadline)), deadline);
        }
        return jsonObject("Dynamics", received);
    }

    private static HttpRequest.Builder authorized(URI url, String accessToken) {
        return HttpRequest.newBuilder(url).header("Authorization", "Bearer " + accessToken);
    }

    private record Kept(String token, long end) {}

    private static volatile Kept kept; // The access token and the time when it ends.

    private static String accessToken(long deadline) throws Exception {
        Kept before = kept;
        if (before != null && before.end - System.nanoTime() > 0) return before.token;
        kept = null;
        String form = "grant_type=client_credentials"
                + "&client_id=" + encode(setting("DYNAMICS_CLIENT_ID"))
                + "&client_secret=" + encode(setting("DYNAMICS_CLIENT_SECRET"))
                + "&scope=" + encode(dynamicsUrl() + "/.default");
        Map<?, ?> answer = jsonObject("DYNAMICS_TOKEN_URL", send("DYNAMICS_TOKEN_URL",
                HttpRequest.newBuilder(URI.create(address("DYNAMICS_TOKEN_URL")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)), deadline));
        if (!(answer.get("access_token") instanceof String token) || !token.matches("[\\x21-\\x7e]+"))
            throw new Fault("DYNAMICS_TOKEN_URL answered no access token. Is the address right?");
        if (answer.get("expires_in") instanceof Double seconds && seconds > 60)
            kept = new Kept(token, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds.longValue() - 60));
        return token;
    }

    private record Received(int status, byte[] body, boolean isZipped) {}

    /** One request, within the remaining time. At most one byte more than MOST is kept of its body. */
    private static Received send(String who, HttpRequest.Builder builder, long deadline) throws Exception {
        HttpRequest request = builder.header("Accept", "application/json").build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse.ResponseInfo> head = new CompletableFuture<>();
        CompletableFuture<Void> full = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Void>> asked = (request.uri().getScheme().equals("http") ? LOCAL_HTTP : HTTP)
                .sendAsync(request, info -> {
                    head.complete(info);
                    return BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                        body.write(bytes, 0, Math.min(bytes.length, MOST + 1 - body.size()));
                        if (body.size() > MOST) full.complete(null);
                    })).apply(info);
                });
        try {
            CompletableFuture.anyOf(asked, full).get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException error) {
            throw new TooSlow(who + " did not answer within " + LIMIT + " seconds. The visitor may try again.");
        } catch (ExecutionException error) {
            if (!head.isDone()) throw new Fault(who + " could not be reached. Is the address right?");
            if (head.get().statusCode() == 200)
                throw new Fault(who + " broke off its answer. Does a proxy between close connections?");
        } finally {
            asked.cancel(true); // So that the connection is given back.
        }
        return new Received(head.get().statusCode(), body.toByteArray(),
                head.get().headers().firstValue("Content-Encoding").equals(java.util.Optional.of("gzip")));
    }

    private static Map<?, ?> jsonObject(String who, Received received) throws Fault {
        if (received.status != 200) throw new Fault(refusal(who, received));
        byte[] body = received.body.length <= MOST && received.isZipped ? unzip(received.body) : received.body;
        if (body.length > MOST) throw new Fault(who + " answered more than 1 MB. Is the address right?");
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            if (new Json(text.startsWith("\ufeff") ? text.substring(1) : text).read() instanceof Map<?, ?> object) return object;
        } catch (CharacterCodingException | IllegalArgumentException error) {
            // Said below.
        }
        throw new Fault(who + " answered no JSON object. Is the address right?");
    }

    private static byte[] unzip(byte[] body) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return stream.readNBytes(MOST + 1);
        } catch (IOException error) {
            return new byte[0];
        }
    }

    private static String refusal(String who, Received received) {
        Matcher found = Pattern.compile("\"code\"\\s*:\\s*\"(0x[0-9a-f]{8})\"|\"(AADSTS\\d+):", Pattern.CASE_INSENSITIVE)
                .matcher(new String(received.body, StandardCharsets.ISO_8859_1));
        String number = !found.find() ? "" : found.group(1) != null ? found.group(1) : found.group(2);
        return who + " answered " + received.status + (number.isEmpty() ? ". " : " (" + number + "). ")
                + REMEDIES.getOrDefault(number.isEmpty() ? String.valueOf(received.status) : number,
                        "Are the settings right, and may the application user read contacts?");
    }

    private static String claims(Map<?, ?> contact) throws Fault {
        String id = guid(contact.get("contactid"));
        if (id == null) throw new Fault("Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?");
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("sub", quote(id));
        if (contact.get("firstname") instanceof String name && !name.isEmpty()) claims.put("given_name", quote(name));
        if (contact.get("lastname") instanceof String name && !name.isEmpty()) claims.put("family_name", quote(name));
        claims.put("iss", quote(setting("LIVE_ASSIST_ISSUER")));
        claims.put("iat", Long.toString(now - 1)); // For a verifier whose clock is slightly behind.
        claims.put("exp", Long.toString(now - 1 + LIFETIME));
        return claims.entrySet().stream().map(claim -> quote(claim.getKey()) + ":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** RS256, the only algorithm that Live Assist accepts. */
    private static String sign(String claims) throws Exception {
        Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
        String input = base64url.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "." + base64url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64url.encodeToString(signature.sign());
    }

    /** An intact RSA key, as derOf() reads it. */
    private static RSAPrivateCrtKey privateKey() throws Exception {
        String name = "LIVE_ASSIST_PRIVATE_KEY_FILE";
        byte[] content;
        try (var stream = Files.newInputStream(Path.of(setting(name)))) {
            content = stream.readNBytes(65536);
        } catch (IOException | IllegalArgumentException error) {
            throw new Fault(name + " cannot be read. Does the file exist, and may this process read it?");
        }
        String text = plain(new String(content, StandardCharsets.ISO_8859_1));
        if (text.contains("BEGIN ENCRYPTED") || text.contains("Proc-Type: 4,ENCRYPTED"))
            throw new Fault(name + " holds a key with a pass phrase. Keep the key without one.");
        byte[] der = derOf(text);
        String start = HexFormat.of().formatHex(Arrays.copyOf(der, Math.min(40, der.length)));
        if (start.contains("2a864886f70d01010a"))
            throw new Fault(name + " holds a key for RSA-PSS. Make a pair for RS256.");
        RSAPrivateCrtKey key = rsa(der);
        if (key == null || !isIntact(key))
            throw new Fault(name + " holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?");
        int bits = key.getModulus().bitLength();
        if (bits < 2048) throw new Fault(name + " holds a key of " + bits + " bits. Make a pair of 2048 bits.");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicHalf(key).getEncoded());
        if (PUBLISHED.contains(HexFormat.of().formatHex(hash)))
            throw new Fault(name + " holds a key that has been published. Make a new pair.");
        return key;
    }

    private static PublicKey publicHalf(RSAPrivateCrtKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    /** Whether the two halves fit. A key with a wrong letter may still be readable. */
    private static boolean isIntact(RSAPrivateCrtKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(publicHalf(key));
            return signature.verify(signed);
        } catch (GeneralSecurityException error) {
            return false;
        }
    }

    /** The text of a key file without what UTF-16, base64, JSON, forms and source code add to it. */
    private static String plain(String text) {
        if (isDer(text)) return text;
        String inner = new String(decode(text), StandardCharsets.ISO_8859_1).replace("\0", "");
        return (Pattern.compile("BEGIN.*PRIVATE").matcher(inner).find() ? inner : text.replace("\0", ""))
                .replaceAll("(?i)%2b|\\\\+u002b", "+").replaceAll("(?i)%2f", "/").replaceAll("(?i)%3d", "=")
                .replaceAll("(?i)%20|%0[ad]|\\\\+[nrt]", " ")
                .replaceAll("[\"'`](?:\\s*[+.&,_])*\\s*[\"'`]", "");
    }

    /** The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines. Otherwise none. */
    private static byte[] derOf(String text) {
        String block = "(?s)BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE";
        String bare = "(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\\s]{300,}={0,2})";
        boolean isPem = Pattern.compile("BEGIN|END.PRIVATE").matcher(text).find();
        Matcher found = Pattern.compile(isPem ? block : bare).matcher(text);
        byte[] der = isDer(text) ? text.getBytes(StandardCharsets.ISO_8859_1)
                : found.find() ? decode(ownDigits(found.group(1))) : new byte[0];
        boolean isWhole = der.length > 4 && der[0] == 0x30 && der[1] == (byte) 0x82
                && der.length == 4 + ((der[2] & 0xff) << 8 | der[3] & 0xff);
        return isWhole ? der : new byte[0];
    }

    /** The base64 as far as the length in its head says. What follows belongs to something else. */
    private static String ownDigits(String text) {
        String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
        byte[] head = decode(digits.substring(0, Math.min(8, digits.length())));
        int size = head.length < 4 ? 0 : 4 + ((head[2] & 0xff) << 8 | head[3] & 0xff);
        return digits.substring(0, Math.min(digits.length(), (size * 4 + 2) / 3));
    }

    /** A sequence of more than 255 bytes. */
    private static boolean isDer(String text) {
        return text.startsWith("0\u0082");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("[^A-Za-z0-9+/=]", ""));
        } catch (IllegalArgumentException error) {
            return new byte[0];
        }
    }

    /** The JDK reads PKCS#8. PKCS#1 is the same key without the part in front. */
    private static RSAPrivateCrtKey rsa(byte[] der) {
        byte[] algorithm = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
        for (byte[] pkcs8 : List.of(der, sequence(0x30, algorithm, sequence(0x04, der))))
            try {
                if (KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)
                    return key;
            } catch (GeneralSecurityException error) {
                // The other one, then.
            }
        return null;
    }

    private static byte[] sequence(int tag, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        byte[] head = {(byte) tag, (byte) 0x82, (byte) (all.size() >> 8), (byte) all.size()};
        return ByteBuffer.allocate(head.length + all.size()).put(head).put(all.toByteArray()).array();
    }

    /** Reads one complete JSON value. The JDK has no JSON. With Jackson or Gson at hand, let them read instead. */
    private static final class Json {
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object read() {
            Object value = value(0);
            if (next() != 0) throw new IllegalArgumentException();
            return value;
        }

        /** The next character that is not a space, or 0 at the end. */
        private char next() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean take(char wanted) {
            if (next() != wanted) return false;
            at++;
            return true;
        }

        private void expect(char wanted) {
            if (!take(wanted)) throw new IllegalArgumentException();
        }

        private Object value(int depth) {
            if (depth > 512) throw new IllegalArgumentException();
            if (next() == '"') return string();
            if (take('{')) {
                Map<String, Object> object = new LinkedHashMap<>();
                if (!take('}')) {
                    do {
                        if (next() != '"') throw new IllegalArgumentException();
                        String name = string();
                        expect(':');
                        object.put(name, value(depth + 1));
                    } while (take(','));
                    expect('}');
                }
                return object;
            }
            if (take('[')) {
                List<Object> list = new ArrayList<>();
                if (!take(']')) {
                    do list.add(value(depth + 1)); while (take(','));
                    expect(']');
                }
                return list;
            }
            if (word("null")) return null;
            if (word("true")) return true;
            if (word("false")) return false;
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt()) throw new IllegalArgumentException();
            at = number.end();
            return Double.valueOf(number.group());
        }

        private boolean word(String word) {
            if (!text.startsWith(word, at)) return false;
            at += word.length();
            return true;
        }

        /** Half of a surrogate pair becomes U+FFFD. */
        private String string() {
            StringBuilder found = new StringBuilder();
            at++;
            for (char c; (c = char16()) != '"'; at++) {
                if (c < ' ') throw new IllegalArgumentException();
                found.append(c == '\\' ? escape() : c);
            }
            at++;
            return found.codePoints().collect(StringBuilder::new,
                    (all, c) -> all.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c), StringBuilder::append).toString();
        }

        private char char16() {
            if (at >= text.length()) throw new IllegalArgumentException();
            return text.charAt(at);
        }

        private char escape() {
            at++;
            int index = "\"\\/bfnrt".indexOf(char16());
            if (index >= 0) return "\"\\/\b\f\n\r\t".charAt(index);
            if (char16() != 'u' || at + 5 > text.length() || !text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}"))
                throw new IllegalArgumentException();
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
    }

    private static String quote(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c
                        : c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String dynamicsUrl() throws Fault {
        return address("DYNAMICS_URL").replaceAll("/+$", "");
    }

    /** Client secret and access token are sent there. So it must be https, except on this machine. */
    private static String address(String name) throws Fault {
        if (setting(name).matches("(https://[\\w.-]+(:\\d+)?|http://127\\.0\\.0\\.1:\\d+)(/[\\w./-]*)?")) return setting(name);
        throw new Fault(name + " is not written like its example. "
                + "Does it begin with https://, and is nothing like <tenant id> left in it?");
    }

    private static String setting(String name) throws Fault {
        String value = System.getenv(name);
        if (value == null || value.isEmpty())
            throw new Fault(name + " is not set. The head of LiveAssistToken.java says what it is.");
        return value;
    }
}
