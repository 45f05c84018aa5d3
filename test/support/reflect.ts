/**
 * The three functions of the Reflect metadata proposal that @peculiar/x509 (its tsyringe) asks for
 * when it is loaded. To be imported before it.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

const getOwnMetadata = (key: unknown, target: object): unknown => metadata.get(target)?.get(key);

Object.assign(Reflect, {
  getOwnMetadata,
  getMetadata: getOwnMetadata,
  defineMetadata: (key: unknown, value: unknown, target: object): void => {
    metadata.set(target, (metadata.get(target) ?? new Map()).set(key, value));
  },
});
