<?php

// /liveassist/token: answers a signed-in customer with the customer's token. Set up as registration.php says.

declare(strict_types=1);

namespace LiveAssist\Token\Controller\Token;

use Magento\Customer\Model\Session;
use Magento\Framework\App\CsrfAwareActionInterface;
use Magento\Framework\App\DeploymentConfig;
use Magento\Framework\App\Request\Http;
use Magento\Framework\App\Request\InvalidRequestException;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\Controller\Result\Json;
use Magento\Framework\Controller\Result\JsonFactory;
use Magento\Framework\HTTP\Client\Curl;
use Magento\Framework\HTTP\Client\CurlFactory;
use Psr\Log\LoggerInterface;
use RuntimeException;
use Throwable;

class Index implements CsrfAwareActionInterface
{
    private const GUID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/Di';
    private const LIFETIME = 7200; // seconds

    public function __construct(
        private readonly Session $session,
        private readonly Http $request,
        private readonly JsonFactory $results,
        private readonly CurlFactory $clients,
        private readonly DeploymentConfig $config,
        private readonly LoggerInterface $log,
    ) {
    }

    /**
     * REPLACE THE BODY. Who is signed in? Answer
     * - the GUID of the customer's Contact in Dynamics, from a table of your own: best. Never from a customer attribute:
     *   customers write their own ones through REST and GraphQL; or
     * - the customer's e-mail address, if YOU have verified it: with any other, everybody can be everybody. Magento's
     *   "Require Emails Confirmation" is not enough: it asks at the sign-up, not when the address is changed; or
     * - null when nobody is signed in.
     *
     * For example: return $this->session->isLoggedIn()
     *     ? $this->yourTable->contactIdOf((int) $this->session->getCustomerId()) : null;
     */
    private function visitor(): ?string
    {
        return null;
    }

    public function execute(): Json
    {
        [$status, $body] = $this->respond();
        $result = $this->results->create();
        $result->setHttpResponseCode($status);
        $result->setHeader('Cache-Control', 'no-store', true);
        $result->setHeader('Vary', 'Cookie, Authorization');
        $result->setHeader('X-Content-Type-Options', 'nosniff', true);
        if ($status === 405) {
            $result->setHeader('Allow', 'GET, POST');
        }
        return $result->setData($body);
    }

    /** Status and body of the answer. */
    private function respond(): array
    {
        if (!in_array($this->request->getMethod(), ['GET', 'POST'], true)) {
            return [405, ['error' => 'method-not-allowed']];
        }
        if (!$this->askedByOwnPage()) {
            return [403, ['error' => 'foreign-origin']];
        }
        try {
            $visitor = $this->visitor() ?? '';
            $this->session->writeClose(); // Else the visitor's other requests wait for the answer from Dynamics.
            if ($visitor === '') {
                return [401, ['error' => 'signed-out']];
            }
            $contact = $this->findContact($visitor);
            if ($contact === null) {
                return [403, ['error' => 'no-contact']];
            }
            return [200, ['token' => $this->sign($this->claims($contact))]];
        } catch (Throwable $error) {
            // Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
            // A PDOException is a RuntimeException, too, but none of ours.
            $this->log->error('Live Assist token: '
                . ($error::class === RuntimeException::class ? $error->getMessage() : $error::class));
            return [500, ['error' => 'failed']];
        }
    }

    /** A page of another site must never get a token. Who sends neither header is no page: a phone, a server. */
    private function askedByOwnPage(): bool
    {
        $site = $this->request->getServer('HTTP_SEC_FETCH_SITE');
        if ($site !== null) {
            return in_array($site, ['same-origin', 'none'], true);
        }
        $origin = $this->request->getServer('HTTP_ORIGIN');
        $host = $this->request->getServer('HTTP_HOST', '');
        return $origin === null || in_array($origin, ["https://$host", "http://$host"], true);
    }

    /** The active contact in Dynamics with this GUID or e-mail address. */
    private function findContact(string $visitor): ?array
    {
        $byId = preg_match(self::GUID, $visitor) === 1;
        $column = $byId ? 'contactid' : 'emailaddress1';
        $value = $byId ? $visitor : "'" . str_replace("'", "''", $visitor) . "'"; // OData doubles a quote within text.
        $query = http_build_query([
            '$select' => 'contactid,firstname,lastname,emailaddress1',
            '$filter' => "$column eq $value and statecode eq 0",
        ], '', '&', PHP_QUERY_RFC3986);
        $url = $this->dynamicsUrl() . "/api/data/v9.2/contacts?$query";
        $accessToken = $this->accessToken();
        $found = $this->ask('Dynamics', function (Curl $client) use ($url, $accessToken): void {
            $client->addHeader('Authorization', "Bearer $accessToken");
            $client->get($url);
        });
        $rows = $found['value'] ?? null;
        if (!is_array($rows)) {
            throw new RuntimeException('Dynamics answered no list of contacts. Is dynamics_url right?');
        }
        // Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z.
        $same = array_filter($rows, fn (array $row) => strcasecmp($row[$column] ?? '', $visitor) === 0);
        if (count($same) > 1) {
            throw new RuntimeException('Two active contacts have one e-mail address. Merge them in Dynamics.');
        }
        return array_values($same)[0] ?? null;
    }

    /** Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid. */
    private function accessToken(): string
    {
        $url = $this->address('dynamics_token_url');
        $form = http_build_query([
            'grant_type' => 'client_credentials',
            'client_id' => $this->setting('dynamics_client_id'),
            'client_secret' => $this->setting('dynamics_client_secret'),
            'scope' => $this->dynamicsUrl() . '/.default',
        ], '', '&'); // php.ini may say &amp;
        $answer = $this->ask('dynamics_token_url', fn (Curl $client) => $client->post($url, $form));
        return $answer['access_token']
            ?? throw new RuntimeException('dynamics_token_url answered no access token. Is the address right?');
    }

    /** One request of three seconds at most. Magento's client follows no redirects, as it must be here. */
    private function ask(string $who, callable $send): array
    {
        $client = $this->clients->create();
        $client->setTimeout(3);
        $client->addHeader('Accept', 'application/json');
        try {
            $send($client);
        } catch (Throwable) {
            throw new RuntimeException("$who could not be reached. Is the address right?");
        }
        $status = $client->getStatus();
        if ($status !== 200) {
            throw new RuntimeException("$who answered $status. " . ($status === 429
                ? 'Those are too many requests: try again later, or keep the access token while it is valid.'
                : 'Are the settings right, and may the application user read contacts?'));
        }
        $answer = json_decode($client->getBody(), true);
        return is_array($answer)
            ? $answer : throw new RuntimeException("$who answered no JSON object. Is the address right?");
    }

    private function claims(array $contact): array
    {
        $id = $contact['contactid'] ?? '';
        if (preg_match(self::GUID, $id) !== 1) {
            throw new RuntimeException('Dynamics answered a contactid that is no GUID. Is dynamics_url right?');
        }
        $now = time();
        $claims = [
            'sub' => strtolower($id),
            'given_name' => $contact['firstname'] ?? null,
            'family_name' => $contact['lastname'] ?? null,
            'iss' => $this->setting('issuer'),
            'iat' => $now,
            'exp' => $now + self::LIFETIME,
        ];
        return array_filter($claims, fn (mixed $claim) => $claim !== null && $claim !== '');
    }

    /** RS256, the only algorithm that Live Assist takes. */
    private function sign(array $claims): string
    {
        $pem = (string) @file_get_contents($this->setting('private_key_file'));
        $key = openssl_pkey_get_private($pem);
        $details = $key === false ? [] : openssl_pkey_get_details($key);
        if (($details['type'] ?? null) !== OPENSSL_KEYTYPE_RSA) {
            throw new RuntimeException('private_key_file cannot be read, or holds no RSA private key. '
                . 'Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?');
        }
        if ($details['bits'] < 2048) {
            throw new RuntimeException("private_key_file holds a key of {$details['bits']} bits. "
                . 'Make a pair of 2048 bits.');
        }
        $input = $this->base64url('{"alg":"RS256","typ":"JWT"}')
            . '.' . $this->base64url(json_encode($claims, JSON_THROW_ON_ERROR));
        openssl_sign($input, $signature, $key, OPENSSL_ALGO_SHA256);
        return $input . '.' . $this->base64url($signature);
    }

    private function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    private function dynamicsUrl(): string
    {
        return rtrim($this->address('dynamics_url'), '/');
    }

    /** Client secret and access token travel there: https, but for a server on this machine. */
    private function address(string $name): string
    {
        $address = $this->setting($name);
        if (preg_match('~^(https://|http://127\.0\.0\.1:)[\w.:/-]+$~D', $address) !== 1) {
            throw new RuntimeException("$name is not written like its example. "
                . 'Does it begin with https://, and is nothing like <tenant id> left in it?');
        }
        return $address;
    }

    private function setting(string $name): string
    {
        return $this->config->get("live_assist/$name")
            ?: throw new RuntimeException("live_assist/$name is not set. Set it in app/etc/env.php.");
    }

    /** No form key is needed for a POST: respond() refuses other sites itself. */
    public function validateForCsrf(RequestInterface $request): ?bool
    {
        return true;
    }

    public function createCsrfValidationException(RequestInterface $request): ?InvalidRequestException
    {
        return null;
    }
}
