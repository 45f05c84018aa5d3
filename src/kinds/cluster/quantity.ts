import type { Json } from '../../model/json.ts';

/** Suffixes of resource.Quantity (k8s.io/apimachinery). */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** "3950m" is 3.95, "8130604Ki" its bytes; null for what is no quantity. */
export function quantityOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)([A-Za-z]*)$/.exec(value) ?? [];
  const factor = factors[suffix];
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}
