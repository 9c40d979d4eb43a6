using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TraceGrains.Domain.Labels;

/// <summary>
/// Format-preserving encryption FF1 (NIST SP 800-38G, algorithm 7): maps the numeral strings of one length onto themselves, one to one, so that who lacks the key
/// cannot tell the result from random. Counting up and encrypting the count gives numbers that nobody can guess and that never repeat.
/// </summary>
/// <remarks>For strings whose halves have less than 2^64 values each. One instance is for one thread.</remarks>
public sealed class SerialCipher : IDisposable
{
    const int BlockBytes = 16, Rounds = 10;

    readonly Aes aes;
    readonly ICryptoTransform encryptor;
    readonly int radix, length, left, right, numberBytes, digestBytes;
    readonly UInt128 leftValues, rightValues;
    readonly byte[] tweak, prefix;

    /// <param name="key">AES key: 16, 24 or 32 bytes.</param>
    /// <param name="radix">How many numerals there are, 2 to 256.</param>
    /// <param name="length">Numerals in a string, at least 2.</param>
    /// <param name="tweak">A public value that chooses another mapping under the same key; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">Half a string has 2^64 values or more.</exception>
    public SerialCipher(byte[] key, int radix, int length, byte[]? tweak = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radix, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radix, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        (this.radix, this.length, this.tweak) = (radix, length, tweak ?? []);
        (left, right) = (length / 2, length - length / 2);
        (leftValues, rightValues) = (Power(radix, left), Power(radix, right));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rightValues, UInt128.One << 64, nameof(length));
        numberBytes = (BitsOf(rightValues - 1) + 7) / 8;
        digestBytes = (numberBytes + 3) / 4 * 4 + 4;
        aes = Aes.Create();
        (aes.Key, aes.Mode, aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
        encryptor = aes.CreateEncryptor();

        var block = new byte[BlockBytes];
        block[0] = 1;
        block[1] = 2;
        block[2] = 1;
        block[5] = (byte)radix;
        block[4] = (byte)(radix >> 8);
        block[6] = Rounds;
        block[7] = (byte)left;
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(8), length);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(12), this.tweak.Length);
        encryptor.TransformBlock(block, 0, BlockBytes, block, 0);
        prefix = block;
    }

    /// <summary>The string that stands for <paramref name="numerals"/>, each from 0 to radix − 1.</summary>
    /// <exception cref="ArgumentException">There are not as many numerals as the cipher is for.</exception>
    public int[] Encrypt(ReadOnlySpan<int> numerals)
    {
        if (numerals.Length != length)
            throw new ArgumentException($"expected {length} numerals, found {numerals.Length}", nameof(numerals));
        UInt128 a = Number(numerals[..left]), b = Number(numerals[left..]);
        var input = new byte[(tweak.Length + 1 + numberBytes + BlockBytes - 1) / BlockBytes * BlockBytes];
        var block = new byte[BlockBytes];
        for (var round = 0; round < Rounds; round++)
        {
            var y = Digest(round, b, input, block);
            (a, b) = (b, (a + y) % (round % 2 == 0 ? leftValues : rightValues));
        }
        var result = new int[length];
        Write(a, result.AsSpan(0, left));
        Write(b, result.AsSpan(left));
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        encryptor.Dispose();
        aes.Dispose();
    }

    /// <summary>The pseudo-random function of one round: a CBC-MAC over tweak, round and half, as much of it as the half needs.</summary>
    UInt128 Digest(int round, UInt128 half, byte[] input, byte[] block)
    {
        Array.Clear(input);
        tweak.CopyTo(input, 0);
        input[^(numberBytes + 1)] = (byte)round;
        for (var i = 0; i < numberBytes; i++)
            input[^(i + 1)] = (byte)(half >> (8 * i));
        prefix.CopyTo(block, 0);
        for (var at = 0; at < input.Length; at += BlockBytes)
        {
            for (var i = 0; i < BlockBytes; i++)
                block[i] ^= input[at + i];
            encryptor.TransformBlock(block, 0, BlockBytes, block, 0);
        }
        return BinaryPrimitives.ReadUInt128BigEndian(block) >> (8 * (BlockBytes - digestBytes));
    }

    UInt128 Number(ReadOnlySpan<int> numerals)
    {
        UInt128 number = 0;
        foreach (var numeral in numerals)
            number = number * (uint)radix + (uint)numeral;
        return number;
    }

    void Write(UInt128 number, Span<int> numerals)
    {
        for (var i = numerals.Length - 1; i >= 0; i--)
        {
            numerals[i] = (int)(number % (uint)radix);
            number /= (uint)radix;
        }
    }

    static UInt128 Power(int radix, int exponent)
    {
        UInt128 power = 1;
        for (var i = 0; i < exponent; i++)
            power = checked(power * (uint)radix);
        return power;
    }

    static int BitsOf(UInt128 value) => 128 - (int)UInt128.LeadingZeroCount(value);
}
