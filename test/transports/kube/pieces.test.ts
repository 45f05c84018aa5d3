import { describe, expect, test } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { BusyError } from '../../../src/transports/kube/answer-fault.ts';
import { createBackOff } from '../../../src/transports/kube/back-off.ts';
import { holdObjects } from '../../../src/transports/kube/held-objects.ts';
import { resourcePath } from '../../../src/transports/kube/resource-path.ts';
import { doubled, kubeTiming } from '../../../src/transports/kube/timing.ts';
import { tlsTroubleOf } from '../../../src/transports/kube/tls-trouble.ts';
import { parseWatchEvent } from '../../../src/transports/kube/watch-event.ts';
import { recordedKube } from '../../support/kube-objects.ts';

const object = (name: string, version: string, namespace = 'a') => ({
  metadata: { name, namespace, uid: name, resourceVersion: version },
});

describe('a back-off', () => {
  const fails = (error: Error) => {
    const backOff = createBackOff(kubeTiming);
    for (let time = 0; time < 3; time++) backOff.failed(error);
    return backOff;
  };

  test('ends when another list of the same server is answered', () => {
    const backOff = fails(new FaultError(faultOf('refused', 'connection refused')));
    expect(backOff.now()).not.toBeNull();
    backOff.serverAnswered();
    expect(backOff.now()).toBeNull();
  });

  test('that the server has asked for does not', () => {
    const backOff = fails(new BusyError(faultOf('timeout', 'too many requests'), 60_000));
    backOff.serverAnswered();
    expect(backOff.now()).not.toBeNull();
  });
});

describe('held objects', () => {
  test('are sorted by namespace, then name, also where one namespace begins another', () => {
    const held = holdObjects();
    held.replace([object('b', '1', 'a-b'), object('z', '1', 'a'), object('c', '1', 'a')]);
    const places = held.items().map(({ metadata }) => metadata);
    expect(places).toMatchObject([
      { namespace: 'a', name: 'c' },
      { namespace: 'a', name: 'z' },
      { namespace: 'a-b', name: 'b' },
    ]);
  });

  test('stay the same array through the same list, and the same objects through another', () => {
    const held = holdObjects();
    held.replace([object('b', '1'), object('c', '1')]);
    const before = held.items();
    held.replace([object('b', '1'), object('c', '1')]);
    held.put(object('b', '1'));
    held.remove(object('nobody', '1'));
    expect(held.items()).toBe(before);
    held.replace([object('b', '1'), object('c', '2')]);
    expect(held.items()[0]).toBe(before[0]);
    expect(held.items()[1]).not.toBe(before[1]);
  });

  test('one that was deleted and made again under its name is another one', () => {
    const held = holdObjects();
    held.replace([object('b', '1')]);
    const before = held.items();
    held.put({ metadata: { ...object('b', '1').metadata, uid: 'other' } });
    expect(held.items()).not.toBe(before);
  });
});

test.each([
  ['{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"7"}}}', 'put'],
  ['{"type":"MODIFIED","object":{"metadata":{"name":"a","resourceVersion":"7"}}}', 'put'],
  ['{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"7"}}}', 'remove'],
  ['{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}', 'bookmark'],
  [recordedKube('watch-resourceversion-too-old.jsonl'), 'expired'],
  [recordedKube('error-watchlist-unsupported.json'), 'refused'],
  ['{"type":"ERROR"}', 'refused'],
  ['{"type":"RENAMED","object":{}}', 'ignored'],
  ['{"type":"BOOKMARK","object":{}}', 'garbage'],
  ['{"type":"ADDED","object":{"metadata":{"name":"a"}}}', 'garbage'],
  ['{"type":"ADDED","object":null}', 'garbage'],
  ['{"type":7}', 'garbage'],
  ['null', 'garbage'],
  ['{"type":"ADD', 'garbage'],
])('the line %s is %s', (line, type) => {
  expect(parseWatchEvent(line).type).toBe(type);
});

describe('a back-off', () => {
  const refused = new FaultError(faultOf('refused', 'no'));
  test('has no wait after the first failure, and doubles from the second on, up to its longest', () => {
    expect([0, 1, 2, 3, 6, 7, 50].map((times) => doubled(1000, times, 60_000))).toEqual([
      0, 1000, 2000, 4000, 32_000, 60_000, 60_000,
    ]);
    const backOff = createBackOff(kubeTiming);
    backOff.failed(refused);
    expect(backOff.now()).toBe(null);
    backOff.failed(refused);
    expect(backOff.now()).toBe(refused);
    backOff.clear();
    expect(backOff.now()).toBe(null);
  });

  test('does what a busy server asks, and waits for nothing that costs nothing to ask again', () => {
    const backOff = createBackOff(kubeTiming);
    const forbidden = new FaultError(faultOf('forbidden', 'no'));
    for (let times = 0; times < 3; times++) backOff.failed(forbidden);
    expect(backOff.now()).toBe(null);
    const busy = new BusyError(faultOf('protocol', 'busy'), 30_000);
    backOff.failed(busy);
    expect(backOff.now()).toBe(busy);
  });
});

const words = { context: 'admin@joelclaw-1', kubeconfig: '~/.kube/config', target: 'panda:6443' };
test.each([
  ['EPROTO', 'write EPROTO 0A00010B:SSL routines::wrong version number', 'protocol'],
  ['EPROTO', 'write EPROTO 0A000412:SSL routines::ssl/tls alert bad certificate', 'tls'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'tls'],
  ['ERR_OSSL_PEM_NO_START_LINE', '', 'tool-missing'],
])('%s (%s) is told as %s, with what to do', (code, text, wanted) => {
  const fault = tlsTroubleOf(code, text, words);
  expect(fault).toMatchObject({ code: wanted, side: 'prober' });
  expect(fault?.hint).toMatch(/panda:6443|admin@joelclaw-1|kube\/config/);
});

test('what is no trouble of a kubeconfig keeps its own words', () => {
  expect(tlsTroubleOf('CERT_REVOKED', '', words)).toBe(null);
});

test.each([
  ['nodes', null, '/api/v1/nodes'],
  ['pods', 'joelclaw', '/api/v1/namespaces/joelclaw/pods'],
  ['statefulsets', null, '/apis/apps/v1/statefulsets'],
  ['pods', '../../x', '/api/v1/namespaces/..%2F..%2Fx/pods'],
] as const)('%s of %s lie at %s', (resource, namespace, path) => {
  expect(resourcePath({ resource, namespace })).toBe(path);
});
