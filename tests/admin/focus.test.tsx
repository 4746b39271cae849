import './support/browser';
import * as React from 'react';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { choosePage, isFocusLost, sinceFocusLost, useFocusPlace } from '../../admin/src/shared/utils/focusPlace';

beforeEach(() => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  choosePage();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Page() {
  useFocusPlace();
  return (
    <main>
      <section data-testid="first">
        <button>one</button>
        <button>two</button>
      </section>
      <section data-testid="second">
        <button>three</button>
      </section>
    </main>
  );
}

const shown = () => {
  const { getByText, getByTestId } = render(<Page />);
  return { button: (name: string) => getByText(name) as HTMLButtonElement, section: getByTestId };
};
const wait = (ms: number) => act(() => new Promise((resolve) => setTimeout(resolve, ms)));

test('a focus on its way to another element is not lost', async () => {
  const { button } = shown();
  button('one').focus();
  const onTheWay: number[] = [];
  button('one').addEventListener('focusout', () => onTheWay.push(sinceFocusLost()));
  button('two').focus();
  await wait(100);
  expect(onTheWay).toEqual([Infinity]);
  expect(document.activeElement).toBe(button('two'));
});

test('the focus of a removed element stays in the landmark around it', async () => {
  const { button, section } = shown();
  button('one').focus();
  button('one').remove();
  await wait(100);
  expect(document.activeElement).toBe(section('first'));
  expect(isFocusLost()).toBe(true);
});

test('a look that was due for an earlier loss does not decide about a later one', async () => {
  const { button, section } = shown();
  button('one').focus();
  button('one').remove();
  await wait(30);
  button('three').focus();
  button('three').remove();
  await wait(120);
  expect(document.activeElement).toBe(section('second'));
});

test('a button that rests while it works has the focus again afterwards', async () => {
  const { button, section } = shown();
  button('three').focus();
  button('three').blur();
  button('three').disabled = true;
  await wait(100);
  expect(document.activeElement).toBe(section('second'));
  button('three').disabled = false;
  await wait(20);
  expect(document.activeElement).toBe(button('three'));
});

test('who chooses the page has lost nothing', async () => {
  const { button } = shown();
  button('one').focus();
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  button('one').blur();
  await wait(100);
  expect(document.activeElement).toBe(document.body);
  expect(isFocusLost()).toBe(false);
});
