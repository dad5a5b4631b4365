/** One sample of sound as WAV (PCM, 8 kHz, 8 bits, one channel); another sample is another content. */
export function aWav(sample = 0x80): Buffer {
  const wav = Buffer.from(
    'RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x04\0\0\0\0\0\0\0',
    'latin1',
  );
  wav.writeUInt32LE(sample, wav.length - 4);
  return wav;
}
