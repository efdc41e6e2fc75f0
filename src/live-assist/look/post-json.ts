/** Posts JSON and returns the JSON answer. @throws Error with a message that can be shown to the user. */
export async function postJson<Answer>(url: string, body: object = {}, keepalive = false): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    keepalive,
  }).catch(() => undefined);
  if (!response) throw new Error('Live Assist cannot be reached right now. Try again in a moment.');
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message ?? 'Live Assist could not do that. Try again.');
  return answer;
}
