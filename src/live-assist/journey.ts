/** Which of the eight steps the latest visitor has come to, and what passed. */

export interface StepReport {
  /** 1 to 8, as the specification counts. */
  step: number;
  state: 'done' | 'failed';
  /** What happened, in a sentence. */
  text: string;
  /** What passed. Never a key, never a token as it stands. */
  facts?: Record<string, string | number>;
  /** Whose session it happened in, where the site tells. */
  visitor?: string;
  /** The contact it is about, where that is known. */
  contact?: string;
}

export interface Journey {
  /** What another visitor or contact than the latest one comes to is not shown. A click does not say whose it is. */
  tell(report: StepReport): void;
  /** The visitor has gone. */
  leave(visitor: string): void;
  reports(): StepReport[];
  /** Fires `change`. */
  changes: EventTarget;
}

const SIGN_IN = 1;
const TOKEN = 3;
const CLICK = 5;

/** Keeps the latest report of each step. A sign-in starts over; so does a click, from its own step on. */
export function createJourney(): Journey {
  const changes = new EventTarget();
  let reports: StepReport[] = [];
  let visitor: string | undefined;
  let contact: string | undefined;

  const keep = (next: StepReport[]) => {
    reports = next;
    changes.dispatchEvent(new Event('change'));
  };

  return {
    changes,
    reports: () => reports,
    leave(who) {
      if (who !== visitor) return;
      visitor = contact = undefined;
      keep([]);
    },
    tell(report) {
      const { step } = report;
      if (step === SIGN_IN) {
        visitor = report.visitor;
        contact = undefined;
      }
      visitor ??= report.visitor;
      if (report.visitor && report.visitor !== visitor) return;
      if (step === TOKEN) contact = report.contact;
      if (report.contact && report.contact !== contact) return;
      const startsOver = step === SIGN_IN || step === CLICK;
      const others = reports.filter((other) => (startsOver ? other.step < step : other.step !== step));
      keep([...others, report].sort((a, b) => a.step - b.step));
    },
  };
}
