<?php

// /liveassist/token: answers a signed-in customer with the customer's token. Set it up as registration.php says.

declare(strict_types=1);

namespace LiveAssist\Token\Controller\Token;

use LiveAssist\Token\Model\TokenEndpoint;
use Magento\Customer\Model\Session;
use Magento\Framework\App\CacheInterface;
use Magento\Framework\App\CsrfAwareActionInterface;
use Magento\Framework\App\DeploymentConfig;
use Magento\Framework\App\Request\Http;
use Magento\Framework\App\Request\InvalidRequestException;
use Magento\Framework\App\RequestInterface;
use Magento\Framework\Controller\Result\Raw;
use Magento\Framework\Controller\Result\RawFactory;
use Psr\Log\LoggerInterface;

class Index implements CsrfAwareActionInterface
{
    public function __construct(
        private readonly Session $session,
        private readonly Http $request,
        private readonly RawFactory $results,
        private readonly CacheInterface $cache,
        private readonly DeploymentConfig $config,
        private readonly LoggerInterface $log,
    ) {
    }

    /**
     * REPLACE THE BODY. Who is signed in? Return
     * - the GUID of the customer's Contact in Dynamics, from a table of your own: best. Never from a customer attribute:
     *   customers write their own attributes through REST and GraphQL; or
     * - the customer's e-mail address, if the customer has PROVEN to YOU that it is theirs, also after every change of
     *   it. Magento's "Require Emails Confirmation" is not enough: it asks at the sign-up, not after a change; or
     * - null if nobody is signed in.
     *
     * The value must end with the sign-in, so ask isLoggedIn() first and keep nothing in the session:
     * return $this->session->isLoggedIn()
     *     ? $this->yourTable->contactIdOf((int) $this->session->getCustomerId()) : null;
     */
    private function visitor(): ?string
    {
        return null;
    }

    public function execute(): Raw
    {
        $endpoint = new TokenEndpoint(
            setting: fn (string $name): string => (string) $this->config->get("live_assist/$name"),
            settingsAre: "Set it under 'live_assist' in app/etc/env.php.",
            log: fn (string $sentence) => $this->log->error("Live Assist token: $sentence"),
            kept: fn (string $name) => $this->cache->load($name),
            keep: fn (string $name, string $text, int $seconds) => $this->cache->save($text, $name, [], $seconds),
        );
        $server = $this->request->getServer()->toArray();
        // Magento also routes paths below this one here. Before it may be up to three folders: of the shop and the store.
        $path = TokenEndpoint::pathSent($server);
        $exact = preg_match('~^(?:/[\w-]+){0,3}/liveassist/token$~D', $path) === 1 ? $path : '/liveassist/token';
        [$status, $headers, $body] = $endpoint->respond($server, $exact, function (): ?string {
            $visitor = $this->visitor();
            $this->session->writeClose(); // Otherwise the visitor's other requests wait for the answer of Dynamics.
            return $visitor;
        });
        $result = $this->results->create();
        $result->setHttpResponseCode($status);
        foreach ($headers as $name => $value) {
            $result->setHeader($name, $value, true);
        }
        return $result->setContents($body);
    }

    /** A POST needs no form key: the endpoint refuses other sites itself. */
    public function validateForCsrf(RequestInterface $request): ?bool
    {
        return true;
    }

    public function createCsrfValidationException(RequestInterface $request): ?InvalidRequestException
    {
        return null;
    }
}
