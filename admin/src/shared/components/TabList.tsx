import { Tabs } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Tabs take another line where there is no room for all of them in one. */
export const TabList = styled(Tabs.List)`
  flex-wrap: wrap;
  height: auto;

  & > [role='tab'] {
    flex: none;
  }
`;
