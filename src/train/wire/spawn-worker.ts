/**
 * Starts the worker from a blob, because such a worker inherits the content security policy of the
 * page, and the modules that it imports obey that policy. A worker that is loaded from its own
 * address takes the policy from the HTTP headers of its script, which a static host may not send.
 */
export function spawnWorker(workerUrl: string): Worker {
  const source = `import ${JSON.stringify(new URL(workerUrl, location.href).href)};`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return new Worker(url, { type: 'module', name: 'training' });
}
