import type { Cloud } from '../../../shared/vocabulary';

/** Where Microsoft Graph is, by the cloud that is chosen with the provider. */
const HOSTS: Record<Cloud, string> = {
  global: 'graph.microsoft.com',
  usgov: 'graph.microsoft.us',
  dod: 'dod-graph.microsoft.us',
  china: 'microsoftgraph.chinacloudapi.cn',
};

export const graphHost = (cloud: Cloud = 'global'): string => HOSTS[cloud];

export const graphUrl = (cloud?: Cloud): string => `https://${graphHost(cloud)}/v1.0`;
