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

    interface CacheInterface
    {
        public function load($identifier);

        public function save($data, $identifier, $tags = [], $lifeTime = null);
    }

    class DeploymentConfig
    {
        public function get($key = null, $defaultValue = null)
        {
            return getenv(substr($key, strlen('live_assist/'))) ?: $defaultValue;
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
            return new \ServerParameters();
        }
    }
}

namespace Magento\Framework\Controller\Result {
    class Raw
    {
        private string $contents = '';

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

        public function setContents($contents)
        {
            $this->contents = $contents;
            return $this;
        }

        public function send(): void
        {
            echo $this->contents;
        }
    }

    class RawFactory
    {
        public function create(array $data = [])
        {
            return new Raw();
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
    }
}

namespace {
    /** Laminas' Parameters, as far as the controller calls it. */
    class ServerParameters
    {
        public function toArray(): array
        {
            return $_SERVER;
        }
    }

    $cache = new class () implements Magento\Framework\App\CacheInterface {
        public function load($identifier)
        {
            return apcu_fetch($identifier);
        }

        public function save($data, $identifier, $tags = [], $lifeTime = null)
        {
            return apcu_store($identifier, $data, $lifeTime);
        }
    };

    require __DIR__ . '/magento/Model/TokenEndpoint.php';
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
        results: new Magento\Framework\Controller\Result\RawFactory(),
        cache: $cache,
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
