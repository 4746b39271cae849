import server from './server';

export default server;
export * from './server/extend';
