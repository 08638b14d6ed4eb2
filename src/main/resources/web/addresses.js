// The addresses under which a stream can be had, to be copied.

const list = document.getElementById('addresses');
let shown = '';

/** `others`: what the configuration names, such as SRT or HLS; `{host}` in it is the name by which this page came. */
export function show(name, webRtc, others) {
  const all = {
    WebSocket: `${location.origin.replace(/^http/, 'ws')}/ws/${name}`,
    ...(webRtc && { WHEP: `${location.origin}/whep/${name}` }),
    ...others,
  };
  const text = JSON.stringify(all);
  if (text === shown) return;
  shown = text;
  list.replaceChildren(...Object.entries(all).map(([what, address]) => row(what, address.replaceAll('{host}', location.hostname))));
}

function row(what, address) {
  const line = document.createElement('p');
  const label = line.appendChild(document.createElement('label'));
  const input = label.appendChild(document.createElement('input'));
  const button = line.appendChild(document.createElement('button'));
  line.className = 'address';
  label.prepend(what);
  Object.assign(input, { type: 'text', readOnly: true, value: address });
  input.setAttribute('aria-label', what);
  Object.assign(button, { type: 'button', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    input.select();
    await navigator.clipboard?.writeText(input.value);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  return line;
}
