/**
 * Writes the commands of a remedy so that each can be copied on its own.
 *
 * @module
 */

/** Returns the commands in order, each in backticks. */
export const inOrder = (...commands: readonly string[]): string =>
  commands.map((command) => `\`${command}\``).join(', then ');

/**
 * Decodes base64, with or without BEGIN and END, in one line or several. `openssl base64` silently writes an empty file
 * unless it is told about the lines.
 */
const decodeBase64 = (to: string): string =>
  `node -e "require('fs').writeFileSync('${to}',Buffer.from(require('fs').readFileSync('key.txt','utf8').replace(/-----.*?-----/g,''),'base64'))"`;

/** Commands for a text from which a file has to be made first. */
export const fromBase64Text = (to: string, ...commands: readonly string[]): string =>
  `save the base64 alone as key.txt, then ${inOrder(decodeBase64(to), ...commands)}`;

export const publicKeyOfCertificate = 'openssl x509 -in certificate.pem -noout -pubkey -out public_key.pem';
export const privateKeyOfPkcs12 = 'openssl pkcs12 -in key.pfx -nocerts -nodes -out private_key.pem';
export const pkcs12OfKeystore =
  'keytool -importkeystore -srckeystore key.jks -destkeystore key.pfx -deststoretype PKCS12';
export const certificateOfKeystore =
  'keytool -exportcert -rfc -alias ALIAS -keystore key.jks -file certificate.pem';
