import { KEY_VARIABLE } from '../samples/sample.ts';
import type { Recipe } from './recipe.ts';

export const php: Recipe = {
  id: 'php',
  file: 'import.php',
  language: 'php',
  code: (baseUrl) => `<?php
const PENDING = 'pending.txt';
const CONTACTS = 'contacts';

function pull(string $idempotencyKey): array
{
    for ($attempt = 1; ; $attempt++) {
        $curl = curl_init('${baseUrl}/api/v1');
        curl_setopt_array($curl, [
            CURLOPT_HTTPHEADER => [
                'x-api-key: ' . getenv('${KEY_VARIABLE}'),
                "Idempotency-Key: $idempotencyKey",
            ],
            CURLOPT_POSTFIELDS => json_encode(['operation' => 'pullContacts']),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 30,
        ]);
        $body = curl_exec($curl);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($body !== false && $status === 200) {
            return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
        }
        $again = $body === false || $status >= 500 || in_array($status, [408, 409, 429]);
        if (!$again || $attempt === 5) throw new Exception("pull failed: $status $body");
        sleep(curl_getinfo($curl, CURLINFO_RETRY_AFTER) ?: $attempt);
    }
}

function store(array $contact): void
{
    $path = CONTACTS . "/$contact[action_id].json";
    file_put_contents("$path.new", json_encode($contact, JSON_UNESCAPED_UNICODE));
    rename("$path.new", $path);
}

if (!is_dir(CONTACTS)) mkdir(CONTACTS, 0700);
do {
    if (!file_exists(PENDING)) file_put_contents(PENDING, bin2hex(random_bytes(16)));
    $contacts = pull(file_get_contents(PENDING));
    foreach ($contacts as $contact) store($contact);
    unlink(PENDING);
} while ($contacts !== []);`,
};
