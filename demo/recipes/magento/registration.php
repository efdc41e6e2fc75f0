<?php

// Token endpoint for Live Assist as a Magento 2.4 module (PHP 8.1 or newer, with the openssl and curl extensions).
//
// 1. Copy this folder to app/code/LiveAssist/Token. Then run bin/magento module:enable LiveAssist_Token, setup:upgrade
//    and setup:di:compile. The bridge's tokenEndpoint is /liveassist/token, after the shop's folder and the store's code
//    where addresses have them. Up to three folders may precede it, without dots; nothing may follow it.
// 2. Replace the body of visitor() in Controller/Token/Index.php.
// 3. Add to app/etc/env.php, and keep the key file outside pub/:
//    'live_assist' => [
//        'LIVE_ASSIST_ISSUER' => 'www.example.com', // exactly as entered in Live Assist
//        'LIVE_ASSIST_PRIVATE_KEY_FILE' => '/etc/live-assist/private_key.pem', // readable for PHP alone
//        'DYNAMICS_URL' => 'https://contoso.crm4.dynamics.com',
//        'DYNAMICS_TOKEN_URL' => 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token',
//        'DYNAMICS_CLIENT_ID' => '…', // of an application user that may read contacts
//        'DYNAMICS_CLIENT_SECRET' => '…',
//        'LIVE_ASSIST_TRIAL_CONTACT' => '…', // only to try it on your own machine: a contact's GUID for guests
//    ],

declare(strict_types=1);

use Magento\Framework\Component\ComponentRegistrar;

ComponentRegistrar::register(ComponentRegistrar::MODULE, 'LiveAssist_Token', __DIR__);
