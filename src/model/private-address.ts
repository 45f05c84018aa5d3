/** Of the host itself: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return /^127\.|^::1(?:\/|$)|^::ffff:127\./i.test(address);
}

/** RFC 1918, link-local, RFC 6598 (also of tailnets), RFC 4193: an address that the internet does not route. */
export function isPrivateAddress(address: string): boolean {
  return (
    isLoopback(address) ||
    /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address) ||
    /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address) ||
    /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/i.test(address)
  );
}

/** Whether it listens on every address that its host has. */
export function isEveryAddress(address: string): boolean {
  return address === '*' || address === '0.0.0.0' || address === '::';
}

const ipv4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const ipv6 = /(?<![0-9A-Za-z:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}|:)(?![0-9A-Za-z:.])/gi;

/** A text without addresses that the internet routes: they say where somebody lives. */
export function withoutPublicAddresses(text: string): string {
  const hide = (address: string): string =>
    isPrivateAddress(address) || isEveryAddress(address) ? address : '(public address)';
  return text
    .replace(ipv4, hide)
    .replace(ipv6, (found) => (looksLikeTime(found) ? found : hide(found)));
}

/** `12:30:00` is no address. */
function looksLikeTime(text: string): boolean {
  return /^\d{1,2}:\d\d:\d\d$/.test(text);
}
