// @vitest-environment jsdom
import { OmnichannelChatSDK } from '@microsoft/omnichannel-chat-sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, bridge, endpoint, token } from '../bridge/site.js';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});

/** The part of Microsoft's SDK that gets the token. Nothing is sent to Microsoft. */
function sdkWith(getAuthToken: () => Promise<string | null>) {
  const sdk = new OmnichannelChatSDK(
    { orgUrl: 'https://contoso.example', orgId: 'org', widgetId: 'widget' },
    { telemetry: { disable: true }, getAuthToken } as object,
  );
  const ask = Reflect.get(sdk, 'setAuthTokenProvider') as (...words: unknown[]) => Promise<void>;
  return {
    ask: () => ask.call(sdk, getAuthToken, { throwError: true }),
    token: () => Reflect.get(sdk, 'authenticatedUserToken') as string | null,
  };
}

describe('Microsoft’s Omnichannel SDK', () => {
  it('takes the visitor’s token from getToken', async () => {
    const jwt = token();
    endpoint(() => answer({ token: jwt }));
    const sdk = sdkWith(bridge().getToken);
    await sdk.ask();
    expect(sdk.token()).toBe(jwt);
  });

  it('reports a guest as a failure, and as nobody if the function returns null', async () => {
    endpoint(() => answer('', 401));
    const made = bridge();
    await expect(sdkWith(made.getToken).ask()).rejects.toThrow('GetAuthTokenFailed');
    const mild = sdkWith(() => made.getToken().catch(() => null));
    await expect(mild.ask()).rejects.toThrow('UndefinedAuthToken');
    expect(mild.token()).toBeFalsy();
  });
});
