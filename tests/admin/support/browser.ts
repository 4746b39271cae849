import { afterAll } from 'vitest';

/** What a browser has and jsdom has not, as far as Strapi's panel asks for it. Imported before everything else. */

// A page looks at its focus again a moment after a change. The DOM must not be gone by then.
afterAll(() => new Promise((resolve) => setTimeout(resolve, 300)));

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

const matchMedia = (media: string) => ({
  media,
  matches: false,
  addListener() {},
  removeListener() {},
  addEventListener() {},
  removeEventListener() {},
  dispatchEvent: () => false,
});

Object.assign(window, { ResizeObserver: Observer, IntersectionObserver: Observer, matchMedia, scrollTo() {} });
Object.assign(globalThis, { ResizeObserver: Observer, IntersectionObserver: Observer });
Object.assign(Element.prototype, {
  scrollIntoView() {},
  hasPointerCapture: () => false,
  setPointerCapture() {},
  releasePointerCapture() {},
});
Object.assign(window, { strapi: { backendURL: 'http://strapi.test', isEE: false, features: {}, future: {}, flags: { docLinks: false } } });
