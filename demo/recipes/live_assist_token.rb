# frozen_string_literal: true

# Token endpoint for Live Assist as a Rack application (Ruby 3.0 or newer; gem install jwt).
#
# 1. In config.ru:       map("/live-assist/token") { run LiveAssistToken }
#    In Rails' routes:   match "/live-assist/token", to: LiveAssistToken, via: :all
#    That path is the bridge's tokenEndpoint.
# 2. Replace the body of visitor by a look at your own session.
# 3. Set these in the environment, and keep the key file outside of public/:
#    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
#    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
#    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
#    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
#    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts

require "json"
require "jwt"
require "net/http"
require "openssl"
require "uri"

module LiveAssistToken
  GUID = /\A\h{8}(-\h{4}){3}-\h{12}\z/
  LIFETIME = 7200 # seconds

  # Its message says what went wrong and holds no secret.
  class Failed < StandardError; end

  class << self
    # REPLACE THE BODY. Who is signed in, by your own session? Answer
    # - the GUID of the visitor's Contact in Dynamics, if your session keeps it: best; or
    # - the visitor's e-mail address, if you have VERIFIED it: with any other, everybody can be everybody; or
    # - nil when nobody is signed in.
    #
    # For example: env["rack.session"]["dynamics_contact_id"]
    # With Devise and its :confirmable: user = nil; catch(:warden) { user = env["warden"].user }; user&.email
    # (Warden throws for a session that has timed out: Devise would redirect to its login page.)
    def visitor(env)
      nil
    end

    def call(env)
      status, body = respond(env)
      headers = {
        "content-type" => "application/json",
        "cache-control" => "no-store",
        "vary" => "Cookie, Authorization",
        "x-content-type-options" => "nosniff"
      }
      headers["allow"] = "GET, POST" if status == 405
      [status, headers, env["REQUEST_METHOD"] == "HEAD" ? [] : [JSON.generate(body)]]
    end

    private

    # Status and body of the answer.
    def respond(env)
      return [405, { error: "method-not-allowed" }] unless %w[GET POST].include?(env["REQUEST_METHOD"])
      return [403, { error: "foreign-origin" }] unless asked_by_own_page?(env)

      who = visitor(env).to_s
      return [401, { error: "signed-out" }] if who.empty?

      contact = find_contact(who)
      contact ? [200, { token: sign(claims(contact)) }] : [403, { error: "no-contact" }]
    rescue StandardError => e
      # Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
      $stderr.puts "Live Assist token: #{e.is_a?(Failed) ? e.message : e.class}" # warn is silent under RUBYOPT=-W0.
      [500, { error: "failed" }]
    end

    # A page of another site must never get a token. Who sends neither header is no page: a phone, a server.
    def asked_by_own_page?(env)
      site = env["HTTP_SEC_FETCH_SITE"]
      return %w[same-origin none].include?(site) if site

      origin = env["HTTP_ORIGIN"]
      origin.nil? || ["https://#{env["HTTP_HOST"]}", "http://#{env["HTTP_HOST"]}"].include?(origin)
    end

    # The active contact in Dynamics with this GUID or e-mail address.
    def find_contact(who)
      by_id = GUID.match?(who)
      column = by_id ? "contactid" : "emailaddress1"
      value = by_id ? who : "'#{who.gsub("'", "''")}'" # OData doubles a quote within text.
      url = URI("#{dynamics_url}/api/data/v9.2/contacts")
      url.query = URI.encode_www_form(
        "$select" => "contactid,firstname,lastname,emailaddress1",
        "$filter" => "#{column} eq #{value} and statecode eq 0"
      ).gsub("+", "%20")
      request = Net::HTTP::Get.new(url, "Authorization" => "Bearer #{access_token}")
      rows = ask("Dynamics", request)["value"]
      raise Failed, "Dynamics answered no list of contacts. Is DYNAMICS_URL right?" unless rows.is_a?(Array)

      # Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z (so it is for casecmp).
      same = rows.select { |row| row[column].to_s.casecmp(who) == 0 }
      raise Failed, "Two active contacts have one e-mail address. Merge them in Dynamics." if same.size > 1

      same.first
    end

    # Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid.
    def access_token
      request = Net::HTTP::Post.new(URI(address("DYNAMICS_TOKEN_URL")))
      request.set_form_data(
        "grant_type" => "client_credentials",
        "client_id" => setting("DYNAMICS_CLIENT_ID"),
        "client_secret" => setting("DYNAMICS_CLIENT_SECRET"),
        "scope" => "#{dynamics_url}/.default"
      )
      ask("DYNAMICS_TOKEN_URL", request)["access_token"] ||
        raise(Failed, "DYNAMICS_TOKEN_URL answered no access token. Is the address right?")
    end

    # One request, three seconds for each wait. Net::HTTP follows no redirects, as it must be here.
    def ask(who, request)
      request["Accept"] = "application/json"
      url = request.uri
      limits = { open_timeout: 3, read_timeout: 3, write_timeout: 3, max_retries: 0 }
      response = Net::HTTP.start(url.host, url.port, use_ssl: url.scheme == "https", **limits) do |http|
        http.request(request)
      end
      unless response.code == "200"
        why = if response.code == "429"
          "Those are too many requests: try again later, or keep the access token while it is valid."
        else
          "Are the settings right, and may the application user read contacts?"
        end
        raise Failed, "#{who} answered #{response.code}. #{why}"
      end
      answer = JSON.parse(response.body)
      answer.is_a?(Hash) ? answer : raise(JSON::ParserError)
    rescue JSON::ParserError
      raise Failed, "#{who} answered no JSON object. Is the address right?"
    rescue SystemCallError, SocketError, IOError, Timeout::Error, OpenSSL::SSL::SSLError, Net::ProtocolError,
           Net::HTTPBadResponse
      raise Failed, "#{who} could not be reached. Is the address right?"
    end

    def claims(contact)
      unless GUID.match?(contact["contactid"].to_s)
        raise Failed, "Dynamics answered a contactid that is no GUID. Is DYNAMICS_URL right?"
      end

      now = Time.now.to_i
      {
        sub: contact["contactid"].downcase,
        given_name: contact["firstname"],
        family_name: contact["lastname"],
        iss: setting("LIVE_ASSIST_ISSUER"),
        iat: now,
        exp: now + LIFETIME
      }.reject { |_, claim| claim.nil? || claim == "" }
    end

    # RS256, the only algorithm that Live Assist takes.
    def sign(claims)
      key = private_key
      if key.n.num_bits < 2048
        raise Failed, "LIVE_ASSIST_PRIVATE_KEY_FILE holds a key of #{key.n.num_bits} bits. Make a pair of 2048 bits."
      end
      JWT.encode(claims, key, "RS256", { typ: "JWT" })
    end

    def private_key
      pem = File.read(setting("LIVE_ASSIST_PRIVATE_KEY_FILE"))
      key = OpenSSL::PKey::RSA.new(pem, "") # Without "" OpenSSL asks for a pass phrase at the terminal.
      key.private? ? key : raise(OpenSSL::PKey::PKeyError)
    rescue SystemCallError, OpenSSL::PKey::PKeyError
      raise Failed, "LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key. " \
                    "Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?"
    end

    def dynamics_url
      address("DYNAMICS_URL").chomp("/")
    end

    # Client secret and access token travel there: https, but for a server on this machine.
    def address(name)
      return setting(name) if %r{\A(https://|http://127\.0\.0\.1:)[\w.:/-]+\z}.match?(setting(name))

      raise Failed, "#{name} is not written like its example. " \
                    "Does it begin with https://, and is nothing like <tenant id> left in it?"
    end

    def setting(name)
      value = ENV.fetch(name, "")
      value.empty? ? raise(Failed, "#{name} is not set. The head of live_assist_token.rb says what it is.") : value
    end
  end
end
