# frozen_string_literal: true

# Token endpoint for Live Assist as a Rack application (Ruby 3.0 or newer; gem install jwt).
#
# 1. In config.ru:       map(LiveAssistToken::PATH) { run LiveAssistToken }
#    In Rails' routes:   match LiveAssistToken::PATH, to: LiveAssistToken, via: :all
#    PATH is the bridge's tokenEndpoint. No other path answers. If Rails is mounted under a prefix, PATH includes it, and
#    the route is written without it.
# 2. Replace the body of visitor with a look at your own session.
# 3. Set these in the environment, and keep the key file outside public/:
#    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
#    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
#    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
#    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
#    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
#    LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: the GUID that guests on localhost get a token for

require "digest"
require "json"
require "jwt"
require "net/http"
require "openssl"
require "stringio"
require "uri"
require "zlib"

module LiveAssistToken
  PATH = "/live-assist/token"
  LIFETIME = 7200 # seconds
  LIMIT = 5 # seconds for one look-up, all its requests together
  MOST = 1 << 20 # bytes of one answer, after decompression
  DASHED = /\h{8}(?:-\h{4}){3}-\h{12}/
  GUID = /\A(?:#{DASHED}|\{#{DASHED}\}|\h{32})\z/
  LOOPBACK = /\A(?:(?:::ffff:)?127\.\d+\.\d+\.\d+|::1)\z/i
  LOCAL = /(?:(?:[a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?/i
  LOCAL_HOST = /\A#{LOCAL}\z/
  LOCAL_PAGE = %r{\Ahttps?://#{LOCAL}(?:/(?!.*, ?\w+://).*)?\z}i
  FROM_PROXY = /\AHTTP_(?:(?:X_)?FORWARDED.*|X_(?:ORIGINAL|ARR|AMZN?|AZURE|ENVOY|PROXY|REWRITE)_.*|
                (?:CF|FASTLY|PROXY|WL_PROXY)_.*|X_VARNISH|FRONT_END_HTTPS|VIA|CDN_LOOP|.*_(?:IP|ADDR))\z/x

  # What to do about a refusal of Dynamics or Entra, by its number.
  REMEDIES = {
    "0x80072560" => "Add the application user to this organisation.",
    "0x80040225" => "Enable the application user.",
    "0x80095ffe" => "Allow this server's address in the organisation's IP firewall.",
    "0x80095ffc" => "Allow the application in the organisation's access settings.",
    "0x80040220" => "Give the application user a role with Read on Contact.",
    "0x80048306" => "Give the application user's role Read on Contact at Organization level.",
    "AADSTS7000222" => "The client secret has expired. Make a new one.",
    "AADSTS7000215" => "The client secret is wrong. Set its value, not its id.",
    "AADSTS700016" => "DYNAMICS_CLIENT_ID is not known in this tenant.",
    "AADSTS90002" => "The tenant in DYNAMICS_TOKEN_URL does not exist.",
    "AADSTS500011" => "DYNAMICS_URL is not known in this tenant.",
    "429" => "It limits requests. Try again later."
  }.freeze

  # SHA-256 of public keys whose private half is printed in public documentation, such as jwt.io's sample key.
  PUBLISHED = %w[
    f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7
    d2f8d7917928bbe7a457bdbaa0f69221a49b0fbc867ea34b700e9e78364d57e8
    6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c
    ad32320cf6c596d884b05381ba573aba8ddd5749b4de8f4a23a79f9a89ddaeb2
    627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d
    411a6612528417de252e5d2bf92bcf16bb2279b77f79ccd1f5c30d96418d1c08
    3dd15ef34ff58da98b4cf8fa6b9e2eb281665c38e36f56ad1faba791b2d536c3
    4886b0384bff5435d1c7e4830f4577ece463affb9c5fd4488835a1b006875547
  ].freeze

  # Its message is our own sentence and holds no secret.
  class Fault < StandardError; end

  # The look-up took longer than LIMIT.
  class TooSlow < Fault; end

  @kept = [nil, 0] # The access token and the time when it ends.

  class << self
    # REPLACE THE BODY. Who is signed in, by your own session? Return
    # - the GUID of the visitor's Contact in Dynamics: best, if kept where the visitor cannot write it; or
    # - the visitor's e-mail address, if the visitor has PROVEN that it is theirs, also after every change of it.
    #   A visitor who can change the address without proof becomes somebody else; or
    # - nil if nobody is signed in.
    #
    # The value must end with the sign-in. A GUID that stays in the session after the sign-out belongs to the next
    # visitor of the same browser. So keep it together with its user, and compare that with the current user:
    #
    # At the sign-in:   session.clear
    #                   env["rack.session.options"][:renew] = true # A session id from before is not trusted.
    #                   session["user_id"] = user.id
    #                   session["dynamics_contact"] = [user.id, user.dynamics_contact_id]
    # At the sign-out:  session.clear
    # Here:             session = env["rack.session"]
    #                   owner, contact = session["dynamics_contact"]
    #                   contact if owner && owner == session["user_id"]
    #
    # With Devise (Warden throws for a session that has timed out, because Devise would redirect to its login page):
    #                   user = nil
    #                   catch(:warden) { user = env["warden"].user }
    #                   user&.dynamics_contact_id
    # Without such a column, user.email is proven only with Devise 5.0.3 or newer (before, two changes at the same time
    # confirmed a foreign address), :confirmable AND config.reconfirmable = true:
    #                   user.email if user&.confirmed? && user.class.reconfirmable
    def visitor(env)
      nil
    end

    def call(env)
      # Rack writes every session back that was read. After a sign-out in between, that would sign the visitor in again.
      env["rack.session.options"][:skip] = true if env["rack.session.options"]
      status, body = respond(env)
      headers = {
        "content-type" => "application/json",
        "cache-control" => "no-store",
        "vary" => "Cookie, Authorization",
        "x-content-type-options" => "nosniff"
      }
      headers["allow"] = "GET, POST" if status == 405
      headers["retry-after"] = "1" if status == 503
      [status, headers, env["REQUEST_METHOD"] == "HEAD" ? [] : [JSON.generate(body)]]
    end

    private

    # A path like /token/a.css or /static/..%2flive-assist/token would be kept by a CDN that caches by extension or folder.
    # Some servers decode it, so the path as it was sent counts, too. A host may precede it (RFC 9112, 3.2.2).
    def exact_path?(env)
      sent = env["REQUEST_URI"]&.sub(%r{\A(?i:https?)://[A-Za-z0-9._:\[\]-]+}, "")&.slice(/\A[^?]*/)
      "#{env["SCRIPT_NAME"]}#{env["PATH_INFO"]}" == PATH && [nil, PATH, env["PATH_INFO"]].include?(sent)
    end

    # Status and body of the answer.
    def respond(env)
      unless exact_path?(env)
        say "The path that was sent is not the exact path of the endpoint, so the answer was 404. " \
            "Use one path in the bridge's tokenEndpoint, the recipe and the proxy."
        return [404, { error: "not-found" }]
      end
      return [405, { error: "method-not-allowed" }] unless %w[GET POST].include?(env["REQUEST_METHOD"])
      return [403, { error: "foreign-origin" }] unless asked_by_own_page?(env)

      who = visitor(env).to_s
      contact = who.empty? ? trial_contact(env) : find_contact(who)
      return [200, { token: sign(claims(contact)) }] if contact

      who.empty? ? [401, { error: "signed-out" }] : [403, { error: "no-contact" }]
    rescue StandardError => e
      # Only our own sentences are logged. Another message or a stack trace may hold the key or an address.
      say(e.is_a?(Fault) ? e.message : e.class)
      e.is_a?(TooSlow) ? [503, { error: "timeout" }] : [500, { error: "failed" }]
    end

    def say(sentence)
      $stderr.puts "Live Assist token: #{sentence}" # warn is silent under RUBYOPT=-W0.
    end

    # A page of another site must never get a token. A request with neither header is from a phone or a server.
    def asked_by_own_page?(env)
      site = env["HTTP_SEC_FETCH_SITE"]
      return %w[same-origin none].include?(site) if site

      origin = env["HTTP_ORIGIN"]
      origin.nil? || ["https://#{env["HTTP_HOST"]}", "http://#{env["HTTP_HOST"]}"].include?(origin)
    end

    # The contact for guests while you try the endpoint on your own machine.
    def trial_contact(env)
      contact = ENV.fetch("LIVE_ASSIST_TRIAL_CONTACT", "")
      return nil if contact.empty?

      # Some proxies add no header. So HTTP/1.0, which many proxies speak, and a foreign page count as a proxy, too.
      unless env.keys.grep(FROM_PROXY).empty? && !env.values_at("SERVER_PROTOCOL", "HTTP_VERSION").include?("HTTP/1.0") &&
             LOOPBACK.match?(env["REMOTE_ADDR"].to_s) && LOCAL_HOST.match?(env["HTTP_HOST"].to_s) &&
             env.values_at("HTTP_ORIGIN", "HTTP_REFERER").compact.all?(LOCAL_PAGE)
        say "LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. " \
            "Remove the setting on a public site."
        return nil
      end
      raise Fault, "LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact." unless guid(contact)

      { "contactid" => contact, "firstname" => "Trial", "lastname" => "Visitor" }
    end

    # The GUID as Dynamics writes it, or nil. Braces may be around it, and its dashes may be missing.
    def guid(text)
      return nil unless text.is_a?(String) && text.valid_encoding? && GUID.match?(text)

      text.delete("{}-").downcase.sub(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '\1-\2-\3-\4-\5')
    end

    # The active contact in Dynamics with this GUID or e-mail address.
    def find_contact(who)
      id = guid(who)
      unless id || who.include?("@")
        say "The visitor's id is neither a GUID nor an e-mail address. Return one of the two from visitor()."
        return nil
      end
      column = id ? "contactid" : "emailaddress1"
      value = id || "'#{who.gsub("'", "''")}'" # OData doubles a quote within text.
      url = URI("#{dynamics_url}/api/data/v9.2/contacts")
      url.query = URI.encode_www_form(
        "$select" => "contactid,firstname,lastname,emailaddress1",
        "$filter" => "#{column} eq #{value} and statecode eq 0"
      ).gsub("+", "%20")
      rows = ask_dynamics(url, now + LIMIT)["value"]
      unless rows.is_a?(Array) && rows.all?(Hash)
        raise Fault, "Dynamics answered no list of contacts. Is DYNAMICS_URL right?"
      end

      # Dynamics finds josé for jose. So compare again: only A to Z equal a to z (as for casecmp).
      same = rows.select { |row| row[column].is_a?(String) && row[column].casecmp(id || who) == 0 }
      raise Fault, "Two active contacts have one e-mail address. Merge them in Dynamics." if same.size > 1

      same.first
    end

    # Asks with the kept access token, and once more with a new one if Dynamics refuses the kept one.
    def ask_dynamics(url, deadline)
      token, is_kept = access_token(deadline)
      status, body = send_request("Dynamics", Net::HTTP::Get.new(url, "Authorization" => "Bearer #{token}"), deadline)
      if status == "401" && is_kept
        @kept = [nil, 0]
        token, = access_token(deadline)
        status, body = send_request("Dynamics", Net::HTTP::Get.new(url, "Authorization" => "Bearer #{token}"), deadline)
      end
      json_object("Dynamics", status, body)
    end

    # The access token, and whether it was kept.
    def access_token(deadline)
      token, finish = @kept
      return [token, true] if now < finish

      request = Net::HTTP::Post.new(URI(address("DYNAMICS_TOKEN_URL")))
      request.set_form_data(
        "grant_type" => "client_credentials",
        "client_id" => setting("DYNAMICS_CLIENT_ID"),
        "client_secret" => setting("DYNAMICS_CLIENT_SECRET"),
        "scope" => "#{dynamics_url}/.default"
      )
      answer = json_object("DYNAMICS_TOKEN_URL", *send_request("DYNAMICS_TOKEN_URL", request, deadline))
      token = answer["access_token"]
      unless token.is_a?(String) && token.match?(/\A[\x21-\x7e]+\z/)
        raise Fault, "DYNAMICS_TOKEN_URL answered no access token. Is the address right?"
      end

      seconds = answer["expires_in"]
      @kept = [token, now + seconds - 60] if seconds.is_a?(Integer)
      [token, false]
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end

    # Status and body of one answer, within the remaining time. Net::HTTP follows no redirects, as it must be
    # here: they would carry the access token elsewhere.
    def send_request(who, request, deadline)
      request["Accept"] = "application/json"
      request["Accept-Encoding"] = "identity"
      response = nil
      body = +""
      # In a thread of its own, because before Ruby 3.3 nothing interrupts the resolution of a name.
      asking = Thread.new do
        url = request.uri
        # This machine is reached without a proxy.
        proxy = url.scheme == "http" ? [nil] : [:ENV]
        options = { use_ssl: url.scheme == "https", max_retries: 0 }
        catch(:enough) do
          Net::HTTP.start(url.host, url.port, *proxy, **options) do |http|
            http.request(request) do |found|
              response = found
              found.read_body do |part|
                body << part
                throw :enough if body.bytesize > MOST
              end
              # Net::HTTP treats a connection that ends early as the end of the body.
              raise EOFError if body.bytesize < found.content_length.to_i && !found.chunked?
            end
          end
        end
      end
      asking.report_on_exception = false
      unless asking.join([deadline - now, 0.001].max)
        asking.kill
        raise TooSlow, "#{who} did not answer within #{LIMIT} seconds. The visitor may try again."
      end
      [response.code, response["Content-Encoding"] == "gzip" && response.code == "200" ? unzip(body) : body]
    rescue SystemCallError, SocketError, IOError, Timeout::Error, OpenSSL::SSL::SSLError, Net::ProtocolError,
           Net::HTTPBadResponse, Net::HTTPHeaderSyntaxError
      raise Fault, "#{who} could not be reached. Is the address right?" unless response
      return [response.code, ""] unless response.code == "200"

      raise Fault, "#{who} broke off its answer. Does a proxy between close connections?"
    end

    def unzip(body)
      zip = Zlib::GzipReader.new(StringIO.new(body))
      text = zip.read(MOST + 1).to_s
      zip.read(1) if text.bytesize <= MOST # Reads the check sum.
      text
    rescue Zlib::Error
      ""
    end

    # The JSON object of an answer. Half of a surrogate pair, which Ruby cannot keep as text, becomes U+FFFD.
    def json_object(who, status, body)
      raise Fault, refusal(who, status, body) unless status == "200"
      raise Fault, "#{who} answered more than 1 MB. Is the address right?" if body.bytesize > MOST

      text = body.dup.force_encoding("UTF-8").delete_prefix("\ufeff")
      raise JSON::ParserError unless text.valid_encoding?

      halves = /\\(?:u[dD][89abAB]\h\h\\u[dD][c-fC-F]\h\h|u[dD][89a-fA-F]\h\h|.)/m
      whole = text.gsub(halves) { |found| found.size == 6 && found.match?(/\A\\u[dD]/) ? '\ufffd' : found }
      answer = JSON.parse(whole, max_nesting: 512)
      answer.is_a?(Hash) ? answer : raise(JSON::ParserError)
    rescue JSON::ParserError
      raise Fault, "#{who} answered no JSON object. Is the address right?"
    end

    def refusal(who, status, body)
      found = /"code"\s*:\s*"(0x\h{8})"|"(AADSTS\d+):/in.match(body.b)
      number = found && (found[1] || found[2])
      remedy = REMEDIES[number || status] || "Are the settings right, and may the application user read contacts?"
      "#{who} answered #{status}#{" (#{number})" if number}. #{remedy}"
    end

    def claims(contact)
      now = Time.now.to_i
      {
        sub: guid(contact["contactid"]) ||
          raise(Fault, "Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?"),
        given_name: text(contact["firstname"]),
        family_name: text(contact["lastname"]),
        iss: setting("LIVE_ASSIST_ISSUER"),
        iat: now - 1, # For a verifier whose clock is slightly behind.
        exp: now - 1 + LIFETIME
      }.compact
    end

    def text(name)
      name if name.is_a?(String) && !name.empty?
    end

    # RS256, the only algorithm that Live Assist accepts.
    def sign(claims)
      JWT.encode(claims, private_key, "RS256", { typ: "JWT" })
    end

    # An intact RSA key, as der_of reads it.
    def private_key
      name = "LIVE_ASSIST_PRIVATE_KEY_FILE"
      text = plain(key_file(name))
      if text.match?(/BEGIN.ENCRYPTED|Proc-Type: 4,ENCRYPTED/n)
        raise Fault, "#{name} holds a key with a pass phrase. Keep the key without one."
      end

      der = der_of(text)
      if der[0, 40].include?("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a".b)
        raise Fault, "#{name} holds a key for RSA-PSS. Make a pair for RS256."
      end

      key = rsa(der) ||
            raise(Fault, "#{name} holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?")
      if key.n.num_bits < 2048
        raise Fault, "#{name} holds a key of #{key.n.num_bits} bits. Make a pair of 2048 bits."
      end
      if PUBLISHED.include?(Digest::SHA256.hexdigest(key.public_key.to_der))
        raise Fault, "#{name} holds a key that has been published. Make a new pair."
      end

      key
    end

    def key_file(name)
      File.binread(setting(name), 65_536) || "".b
    rescue SystemCallError, ArgumentError
      raise Fault, "#{name} cannot be read. Does the file exist, and may this process read it?"
    end

    # The text of a key file without what UTF-16, base64, JSON, forms and source code add to it.
    def plain(text)
      return text if text.start_with?("\x30\x82".b)

      inner = text.unpack1("m").delete("\0")
      text = inner.match?(/BEGIN.*PRIVATE/n) ? inner : text.delete("\0")
      {
        /%2b|\\+u002b/in => "+", /%2f/in => "/", /%3d/in => "=", /%20|%0[ad]|\\+[nrt]/in => " ",
        /["'`](?:\s*[+.&,_])*\s*["'`]/n => ""
      }.reduce(text) { |so_far, (written, meant)| so_far.gsub(written, meant) }
    end

    # The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines. Otherwise none.
    def der_of(text)
      der = text
      unless text.start_with?("\x30\x82".b)
        block = /BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE/mn
        bare = %r{(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\s]{300,}={0,2})}n
        found = (text.match?(/BEGIN|END.PRIVATE/n) ? block : bare).match(text)
        digits = found ? found[1].gsub(%r{[^A-Za-z0-9+/]}n, "") : "".b
        size = 4 + digits[0, 8].unpack1("m").unpack1("@2n").to_i # What follows belongs to something else.
        der = digits[0, (size * 4 + 2) / 3].unpack1("m")
      end
      der.start_with?("\x30\x82".b) && der.bytesize == 4 + der.unpack1("@2n") ? der : "".b
    rescue ArgumentError
      "".b
    end

    def rsa(der)
      key = OpenSSL::PKey::RSA.new(der, "") # Without "" OpenSSL asks for a pass phrase at the terminal.
      # A key with a wrong letter may still be readable. Then its two halves do not fit.
      key if key.private? && key.verify("SHA256", key.sign("SHA256", "trial"), "trial")
    rescue OpenSSL::PKey::PKeyError
      nil
    end

    def dynamics_url
      address("DYNAMICS_URL").chomp("/")
    end

    # Client secret and access token are sent there. So it must be https, except on this machine.
    def address(name)
      right = %r{\A(?:https://[\w.-]+(?::\d+)?|http://127\.0\.0\.1:\d+)(?:/[\w./-]*)?\z}
      return setting(name) if right.match?(setting(name))

      raise Fault, "#{name} is not written like its example. " \
                   "Does it begin with https://, and is nothing like <tenant id> left in it?"
    end

    def setting(name)
      value = ENV.fetch(name, "")
      value.empty? ? raise(Fault, "#{name} is not set. The head of live_assist_token.rb says what it is.") : value
    end
  end
end
