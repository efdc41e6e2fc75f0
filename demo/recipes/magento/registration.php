<?php

// Token endpoint for Live Assist as a Magento 2.4 module (PHP 8.1 or newer).
//
// 1. Copy this folder to app/code/LiveAssist/Token; then bin/magento module:enable LiveAssist_Token,
//    setup:upgrade, setup:di:compile. The bridge's tokenEndpoint is /liveassist/token (with the store code before it,
//    where the shop's addresses have one).
// 2. Replace the body of visitor() in Controller/Token/Index.php.
// 3. Add to app/etc/env.php, and keep the key file outside of pub/:
//    'live_assist' => [
//        'issuer' => 'www.example.com', // exactly as entered in Live Assist
//        'private_key_file' => '/etc/live-assist/private_key.pem', // readable for PHP alone
//        'dynamics_url' => 'https://contoso.crm4.dynamics.com',
//        'dynamics_token_url' => 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token',
//        'dynamics_client_id' => '…', // of an application user that may read contacts
//        'dynamics_client_secret' => '…',
//    ],

declare(strict_types=1);

use Magento\Framework\Component\ComponentRegistrar;

ComponentRegistrar::register(ComponentRegistrar::MODULE, 'LiveAssist_Token', __DIR__);
