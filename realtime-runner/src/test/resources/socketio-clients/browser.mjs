// A browser without a window, with a camera and a microphone that it makes up.
import { chromium } from 'playwright-core';
import { given } from './support.mjs';

export const launch = () => chromium.launch({
  executablePath: given.browser,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    // Nothing leaves the machine: media go between its own addresses, no name is looked up and none made known.
    '--allow-loopback-in-peer-connection',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--disable-features=WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints,NetworkTimeServiceQuerying',
  ],
});
