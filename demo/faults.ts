/**
 * Breaks the demo in the ways in which sites break in practice, and repairs it.
 *
 * @module
 */
import { type Configuration, type ConfigurationStore, createChanges } from '#live-assist';

export const faultNames = ['wrong-key', 'misspelt-method', 'endpoint-down', 'expired-token'] as const;

export type Fault = (typeof faultNames)[number];

export interface Faults {
  /** What was broken on purpose. */
  current(): Fault | undefined;
  /** Whether anything has to be repaired: a fault, or a configuration that does not match the site. */
  isBroken(): boolean;
  break(fault: Fault): void;
  /** Repairs everything, the saved configuration included. */
  repair(): void;
  /** Calls `listener` after every change, until the returned function is called. */
  follow(listener: () => void): () => void;
}

export interface FaultsOptions {
  configuration: ConfigurationStore;
  /** The configuration that matches the site. */
  right: Configuration;
  /** The public key of another pair, as it would be pasted. */
  otherPublicKey: string;
}

export function createFaults({ configuration, right, otherPublicKey }: FaultsOptions): Faults {
  const changes = createChanges();
  const fields = Object.keys(right) as (keyof Configuration)[];
  const isRight = () => fields.every((field) => configuration.now()[field] === right[field]);
  let current: Fault | undefined;
  const set = (fault: Fault | undefined, changed: Partial<Configuration> = {}) => {
    current = fault;
    configuration.replace({ ...right, ...changed });
    changes.announce('faults');
  };

  return {
    current: () => current,
    isBroken: () => current !== undefined || !isRight(),
    follow: (listener) => changes.follow('faults', listener),
    break(fault) {
      if (fault === 'wrong-key') set(fault, { publicKey: otherPublicKey });
      else if (fault === 'misspelt-method') set(fault, { methodName: 'authorizeChatWithCallback' });
      else set(fault);
    },
    repair() {
      if (!isRight()) configuration.save({ ...configuration.now(), ...right });
      set(undefined);
    },
  };
}
