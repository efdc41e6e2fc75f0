/** Which of the eight steps the latest visitor has come to, and what passed. */

export interface StepReport {
  /** 1 to 8, as the specification counts. */
  step: number;
  state: 'done' | 'failed';
  /** What happened, in a sentence. */
  text: string;
  /** What passed. Never a key, never a token as it stands. */
  facts?: Record<string, string | number>;
  /** The contact it is about. What is about another than the one whose token was made last is not this journey's. */
  contact?: string;
}

export interface Journey {
  tell(report: StepReport): void;
  /** The visitor has gone. */
  startOver(): void;
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
  let contact: string | undefined;

  const keep = (next: StepReport[]) => {
    reports = next;
    changes.dispatchEvent(new Event('change'));
  };

  return {
    changes,
    reports: () => reports,
    startOver() {
      contact = undefined;
      keep([]);
    },
    tell(report) {
      const { step } = report;
      if (step === SIGN_IN) contact = undefined;
      if (step === TOKEN) contact = report.contact;
      if (step > CLICK && report.contact && report.contact !== contact) return;
      const startsOver = step === SIGN_IN || step === CLICK;
      const others = reports.filter((other) => (startsOver ? other.step < step : other.step !== step));
      keep([...others, report].sort((a, b) => a.step - b.step));
    },
  };
}
