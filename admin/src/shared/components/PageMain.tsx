import * as React from 'react';
import { Page } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { useFocusPlace } from '../utils/focusPlace';

/** The main part of each of our pages. */
export function PageMain(props: React.ComponentProps<typeof Page.Main>) {
  useFocusPlace();
  return <Positioned {...props} />;
}

/**
 * What is there for screen readers only is positioned, and belongs to the nearest positioned element. Without one that is the document,
 * which then scrolls with everything in it, the menu too.
 */
const Positioned = styled(Page.Main)`
  position: relative;
`;
