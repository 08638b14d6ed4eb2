// The control API: JSON over HTTP (docs/reference/control-api.md).

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  let response;
  try {
    response = await fetch(path, { method, headers });
  } catch {
    throw new Refused(0, 'The server does not answer.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body.message ?? `The server answered ${response.status}.`);
  return body;
}

export const openSession = (token) => call('POST', '/api/session', token);
export const session = () => call('GET', '/api/session');
/** `streams`, and whether they can be had by `webRtc`. */
export const list = () => call('GET', '/api/streams');
export const start = (name) => call('POST', `/api/streams/${name}/start`);
export const stop = (name) => call('POST', `/api/streams/${name}/stop`);
