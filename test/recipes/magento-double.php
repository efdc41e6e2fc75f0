<?php

// Magento as far as a controller of a module meets it: the action's constructor arguments and its result.

declare(strict_types=1);

namespace Psr\Log {
    interface LoggerInterface
    {
        public function error(string|\Stringable $message, array $context = []): void;
    }
}

namespace Magento\Framework\App {
    interface RequestInterface
    {
    }

    interface ActionInterface
    {
        public function execute();
    }

    interface CsrfAwareActionInterface extends ActionInterface
    {
        public function createCsrfValidationException(RequestInterface $request): ?Request\InvalidRequestException;

        public function validateForCsrf(RequestInterface $request): ?bool;
    }

    class DeploymentConfig
    {
        private const NAMES = [
            'live_assist/issuer' => 'LIVE_ASSIST_ISSUER',
            'live_assist/private_key_file' => 'LIVE_ASSIST_PRIVATE_KEY_FILE',
            'live_assist/dynamics_url' => 'DYNAMICS_URL',
            'live_assist/dynamics_token_url' => 'DYNAMICS_TOKEN_URL',
            'live_assist/dynamics_client_id' => 'DYNAMICS_CLIENT_ID',
            'live_assist/dynamics_client_secret' => 'DYNAMICS_CLIENT_SECRET',
        ];

        public function get($key = null, $defaultValue = null)
        {
            return getenv(self::NAMES[$key]) ?: $defaultValue;
        }
    }
}

namespace Magento\Framework\App\Request {
    class InvalidRequestException extends \Exception
    {
    }

    class Http implements \Magento\Framework\App\RequestInterface
    {
        public function getMethod()
        {
            return $_SERVER['REQUEST_METHOD'];
        }

        public function getServer($name = null, $default = null)
        {
            return $_SERVER[$name] ?? $default;
        }
    }
}

namespace Magento\Framework\Controller\Result {
    class Json
    {
        private mixed $data = null;

        public function setHttpResponseCode($code)
        {
            http_response_code($code);
            return $this;
        }

        public function setHeader($name, $value, $replace = false)
        {
            header("$name: $value", $replace);
            return $this;
        }

        public function setData($data)
        {
            $this->data = $data;
            return $this;
        }

        public function send(): void
        {
            header('Content-Type: application/json');
            echo json_encode($this->data);
        }
    }

    class JsonFactory
    {
        public function create(array $data = [])
        {
            return new Json();
        }
    }
}

namespace Magento\Framework\HTTP\Client {
    class Curl
    {
        private array $headers = [];
        private int $timeout = 300;
        private int $status = 0;
        private string $body = '';

        public function setTimeout($value)
        {
            $this->timeout = (int) $value;
        }

        public function addHeader($name, $value)
        {
            $this->headers[] = "$name: $value";
        }

        public function get($uri)
        {
            $this->send($uri, []);
        }

        public function post($uri, $params)
        {
            $this->addHeader('Content-Type', 'application/x-www-form-urlencoded');
            $this->send($uri, ['method' => 'POST', 'content' => is_array($params) ? http_build_query($params) : $params]);
        }

        public function getStatus()
        {
            return $this->status;
        }

        public function getBody()
        {
            return $this->body;
        }

        private function send(string $uri, array $request): void
        {
            $context = stream_context_create(['http' => $request + [
                'header' => $this->headers,
                'timeout' => $this->timeout,
                'follow_location' => 0,
                'ignore_errors' => true,
            ]]);
            $stream = @fopen($uri, 'r', false, $context);
            $status = explode(' ', $stream ? stream_get_meta_data($stream)['wrapper_data'][0] : '')[1] ?? '';
            if ($status === '') {
                throw new \Exception("Failed to connect for $uri");
            }
            $this->status = (int) $status;
            $this->body = stream_get_contents($stream);
        }
    }

    class CurlFactory
    {
        public function create(array $data = [])
        {
            return new Curl();
        }
    }
}

namespace Magento\Customer\Model {
    class Session
    {
        public function isLoggedIn()
        {
            return ($_SERVER['HTTP_X_VISITOR'] ?? '') !== '';
        }

        public function writeClose()
        {
        }

        public function getCustomerData()
        {
            return new class () {
                public function getEmail()
                {
                    return rawurldecode($_SERVER['HTTP_X_VISITOR']);
                }
            };
        }
    }
}

namespace {
    require __DIR__ . '/magento/Controller/Token/Index.php';

    $log = new class () implements Psr\Log\LoggerInterface {
        public function error(string|\Stringable $message, array $context = []): void
        {
            error_log((string) $message);
        }
    };
    $request = new Magento\Framework\App\Request\Http();
    $action = new LiveAssist\Token\Controller\Token\Index(
        session: new Magento\Customer\Model\Session(),
        request: $request,
        results: new Magento\Framework\Controller\Result\JsonFactory(),
        clients: new Magento\Framework\HTTP\Client\CurlFactory(),
        config: new Magento\Framework\App\DeploymentConfig(),
        log: $log,
    );
    // Magento wants a form key of a POST, unless the action says otherwise.
    if ($request->getMethod() === 'POST' && $action->validateForCsrf($request) !== true) {
        http_response_code(302);
        exit;
    }
    $action->execute()->send();
}
