/**
 * Where LivePerson publishes the settings of an account, and where its verifier is, according to its documentation.
 *
 * @module
 */

/** The host that publishes the settings of accounts, without credentials. */
export const settingsOrigin = 'https://accdn.lpsnmedia.net';

/** The host that says where the services of an account are. */
export const servicesOrigin = 'https://api.liveperson.net';

/** Every verifier is on a host below this domain. A token is not sent to any other host. */
export const verifierDomain = '.liveperson.net';

/** Whether the text can be the number of an account. */
export const isAccountNumber = (text: string): boolean => /^\d{4,12}$/.test(text);

/** The path of the identity providers ("connectors") of an account. */
export const connectorsPath = (account: string): string =>
  `/api/account/${account}/configuration/le-connectors/all-connectors`;

/** The address to open in a browser to see the settings of an account. */
export const accountAddress = (account: string): string => settingsOrigin + connectorsPath(account);

/** The path that names the host of the verifier. */
export const verifierHostPath = (account: string): string =>
  `/api/account/${account}/service/idp/baseURI.json?version=1.0`;

/** The path of the verifier for the tokens of one identity provider. */
export const verifierPath = (account: string, connector: string): string =>
  `/api/account/${account}/app/${encodeURIComponent(connector)}/authenticate?v=3.0`;
