/**
 * A worker loaded from an address of its own takes its content security policy from that answer's
 * headers, which a static host may not send. One that starts from a blob inherits the policy of the
 * page, and the modules that it imports obey it.
 */
export function spawnWorker(workerUrl: string): Worker {
  const source = `import ${JSON.stringify(new URL(workerUrl, location.href).href)};`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return new Worker(url, { type: 'module', name: 'training' });
}
