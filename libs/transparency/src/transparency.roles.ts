/** Group role of the service that hosts the log: it grows the tree and publishes, and cannot take back what it published. */
export const transparencyRole = 'corridor_watch_transparency';
